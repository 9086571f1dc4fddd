"""None stands inside an answer, where the source has one call that gives it: what a list's `remove` returns, say."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from autograder.course.program_files import parsed
from autograder.grading.asking import leaves
from autograder.grading.explaining.behaviours.exception_raised import made_nothing
from autograder.grading.explaining.behaviours.probe import Case, Claim, Probe
from autograder.language import tr


def claims(probe: Probe) -> Iterator[Claim]:
    tree = parsed(probe.source) if _is_inside(probe.wrong[0]) else None
    if tree is None:
        return
    functions = [each for each in tree.body if isinstance(each, ast.FunctionDef) and each.name == probe.function]
    nodes = [*ast.walk(functions[-1])] if functions else []
    idle = {id(each.value) for each in nodes if isinstance(each, ast.Expr)}
    said = [*filter(None, (made_nothing(tree, each, probe.source) for each in nodes if id(each) not in idle))]
    if len(said) == 1 and not any(isinstance(each, ast.Constant) and each.value is None for each in nodes):
        yield Claim(tr("None stands in its answer"), said[0], lambda case: _is_inside(case) if case.wrong else None)


def _is_inside(case: Case) -> bool:
    """Whether None is somewhere in an answer, and nowhere in the right one."""
    if not case.both_answered or case.answer.value is None:
        return False
    return _has_none(case.answer.value) and not _has_none(case.right.value)


def _has_none(value: object) -> bool:
    return any(each is None for each in leaves([value]))
