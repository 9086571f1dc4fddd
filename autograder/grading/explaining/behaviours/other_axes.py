"""The answer has more axes than it should, or fewer: one number where one for each step is wanted."""

from __future__ import annotations

from collections.abc import Iterator

from autograder.grading.explaining.behaviours.answer_numbers import only_pair
from autograder.grading.explaining.behaviours.claim import Case, Claim
from autograder.grading.explaining.behaviours.probe import Probe
from autograder.language import tr


def claims(probe: Probe) -> Iterator[Claim]:
    pair = only_pair(probe.wrong[0])
    if pair is not None and pair.answer.ndim != pair.right.ndim:
        mine, right, shapes = pair.answer.ndim, pair.right.ndim, (pair.answer.shape, pair.right.shape)
        title = tr("the number of axes of the answer is {mine}, and should be {right}", mine=mine, right=right)
        text = tr("In one question its shape is {mine}, where {right} is right.", mine=shapes[0], right=shapes[1])
        yield Claim(title, text, lambda case: _has(case, mine, right))


def _has(case: Case, mine: int, right: int) -> bool | None:
    pair = only_pair(case)
    if pair is None:
        return False if case.wrong else None
    return (pair.answer.ndim, pair.right.ndim) == (mine, right)
