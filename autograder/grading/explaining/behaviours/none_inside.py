"""None stands inside an answer, where one call of the source gives it: what a list's `remove` returns, say.

That it does is asked: with zero for what the call gives, no None may be left.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from autograder.course.program_files import parsed
from autograder.grading.asking import leaves
from autograder.grading.explaining.behaviours.claim import Case, Claim, of_wrong
from autograder.grading.explaining.behaviours.exception_raised import made_nothing, with_zero_for
from autograder.grading.explaining.behaviours.probe import Probe
from autograder.grading.explaining.behaviours.signatures import own_function
from autograder.language import tr


def claims(probe: Probe) -> Iterator[Claim]:
    tree = parsed(probe.source) if _is_inside(probe.wrong[0]) else None
    if tree is None:
        return
    own = own_function(tree, probe.function)
    for call in (each for each in (ast.walk(own) if own else ()) if isinstance(each, ast.Call)):
        said = made_nothing(tree, call, probe.source)
        left = with_zero_for(probe, call, probe.wrong) if said else []
        if said and not any(each.failure is not None or _has_none(each.value) for each in left):
            yield Claim(tr("None stands in its answer"), said, of_wrong(_is_inside))


def _is_inside(case: Case) -> bool:
    """Whether None is somewhere in an answer, and nowhere in the right one."""
    if not case.both_answered or case.answer.value is None:
        return False
    return _has_none(case.answer.value) and not _has_none(case.right.value)


def _has_none(value: object) -> bool:
    return any(each is None for each in leaves([value]))
