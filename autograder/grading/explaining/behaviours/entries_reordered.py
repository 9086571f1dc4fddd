"""The right entries come back, but in another order."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from autograder.grading.explaining.behaviours.answer_numbers import only_pair
from autograder.grading.explaining.behaviours.answer_parts import are_alike
from autograder.grading.explaining.behaviours.claim import Case, Claim, of_wrong
from autograder.grading.explaining.behaviours.probe import Probe
from autograder.language import tr

#: Entries that are compared each with each.
_MOST = 200


def claims(probe: Probe) -> Iterator[Claim]:
    if _reordered(probe.wrong[0]):
        title = tr("its entries are the right ones, but in another order")
        yield Claim(title, tr("That is so of every wrong answer, as far as was asked."), _reordered)


@of_wrong
def _reordered(case: Case) -> bool:
    answer, right = case.answer.value, case.right.value
    if case.both_answered and isinstance(answer, list | tuple) and isinstance(right, list | tuple):
        return 1 < len(answer) == len(right) <= _MOST and _all_are_in(case, answer, [*right])
    pair = only_pair(case)
    alike = pair is not None and 1 == pair.right.ndim == pair.answer.ndim < pair.right.size
    return pair is not None and alike and pair.near(np.sort(pair.answer), np.sort(pair.right))


def _all_are_in(case: Case, entries: list[object] | tuple[object, ...], left: list[object]) -> bool:
    for entry in entries:
        place = next((number for number, each in enumerate(left) if are_alike(case, entry, each)), None)
        if place is None:
            return False
        del left[place]
    return True
