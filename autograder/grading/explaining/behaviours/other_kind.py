"""Another kind of thing comes back than is promised: numbers for a function, a list for a pair, a number for arrays."""

from __future__ import annotations

from collections.abc import Iterator

from autograder.grading.explaining.behaviours.probe import Case, Claim, Probe
from autograder.grading.kinds import type_name, with_article
from autograder.language import tr


def claims(probe: Probe) -> Iterator[Claim]:
    case = probe.wrong[0]
    if not case.both_answered or case.answer.value is None:
        return
    mine, right = _kinds(case)
    if mine != right and " " not in mine:  # more than a type's name is told by the sentence on the answer itself
        title = tr("it returns {mine} and not {right}", mine=_named(mine), right=_named(right))
        yield Claim(title, tr("That is so in every question that was asked."), lambda other: _is_so(other, mine, right))


def _named(kind: str) -> str:
    return {"ndarray": tr("a numpy array"), "Tensor": tr("a tensor")}.get(kind) or with_article(kind)


def _kinds(case: Case) -> tuple[str, str]:
    return type_name(case.answer.value), type_name(case.right.value)


def _is_so(case: Case, mine: str, right: str) -> bool | None:
    if not case.both_answered:
        return False if case.wrong else None
    return _kinds(case) == (mine, right)
