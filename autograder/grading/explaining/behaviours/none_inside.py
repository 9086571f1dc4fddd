"""None stands inside an answer, where one call of the source gives it: what a list's `remove` returns, say.

That it does is asked: with zero for what the call gives, no None may be left.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from autograder.course.program_files import parsed
from autograder.grading.asking import leaves
from autograder.grading.explaining.behaviours.exception_raised import made_nothing, with_zero_for
from autograder.grading.explaining.behaviours.probe import Case, Claim, Probe
from autograder.language import tr


def claims(probe: Probe) -> Iterator[Claim]:
    tree = parsed(probe.source) if _is_inside(probe.wrong[0]) else None
    if tree is None:
        return
    functions = [each for each in tree.body if isinstance(each, ast.FunctionDef) and each.name == probe.function]
    nodes = [*ast.walk(functions[-1])] if functions else []
    calls = [each for each in nodes if isinstance(each, ast.Call) and made_nothing(tree, each, probe.source)]
    for call in calls:
        said = made_nothing(tree, call, probe.source)
        left = with_zero_for(probe, call, probe.wrong)
        if not any(each.failure is not None or _has_none(each.value) for each in left):
            yield Claim(tr("None stands in its answer"), said, lambda case: _is_inside(case) if case.wrong else None)


def _is_inside(case: Case) -> bool:
    """Whether None is somewhere in an answer, and nowhere in the right one."""
    if not case.both_answered or case.answer.value is None:
        return False
    return _has_none(case.answer.value) and not _has_none(case.right.value)


def _has_none(value: object) -> bool:
    return any(each is None for each in leaves([value]))
