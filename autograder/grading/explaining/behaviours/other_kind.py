"""Another kind of thing comes back than is promised: numbers for a function, a list for a pair, a number for arrays."""

from __future__ import annotations

from collections.abc import Iterator

from autograder.grading.compare import counts_as
from autograder.grading.explaining.behaviours.answer_numbers import numeric_pairs
from autograder.grading.explaining.behaviours.claim import Case, Claim
from autograder.grading.explaining.behaviours.probe import Probe
from autograder.grading.kinds import type_name, with_article
from autograder.language import tr


def claims(probe: Probe) -> Iterator[Claim]:
    case = probe.wrong[0]
    if not case.both_answered or case.answer.value is None:
        return
    mine, right = _kinds(case)
    if _is_another(case) and " " not in mine:  # more than a type's name is told by the sentence on the answer itself
        title = tr("it returns {mine} and not {right}", mine=_named(mine), right=_named(right))
        said = tr("That is so in every question that was asked.")
        wrong_too = tr("{text} Nor are the numbers in it the right ones.", text=said)
        yield Claim(title, wrong_too, lambda other: _is_so(other, mine, right) and (not other.wrong or _is_off(other)))
        yield Claim(title, said, lambda other: _is_so(other, mine, right))


def _named(kind: str) -> str:
    return {"ndarray": tr("a numpy array"), "Tensor": tr("a tensor")}.get(kind) or with_article(kind)


def _kinds(case: Case) -> tuple[str, str]:
    return type_name(case.answer.value), type_name(case.right.value)


def _is_another(case: Case) -> bool:
    """Whether it is of another kind than is wanted: where numbers are taken in any form, none of them are."""
    equal = case.asked.tolerance.equal
    if equal == "lenient" and numeric_pairs(case) is not None:
        return False
    return not counts_as(case.answer.value, case.right.value, equal)


def _is_so(case: Case, mine: str, right: str) -> bool | None:
    if not case.both_answered:
        return False if case.wrong else None
    return _kinds(case) == (mine, right) and (not case.wrong or _is_another(case))


def _is_off(case: Case) -> bool:
    """Whether it is numbers, and as many as the right ones, but wrong."""
    pairs = numeric_pairs(case)
    return pairs is not None and not all(pair.agrees for pair in pairs)
