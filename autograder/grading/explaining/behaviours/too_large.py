"""Every wrong number errs to the same side: too large, too small, too far from 0, too near to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from autograder.grading.explaining.behaviours.answer_numbers import numeric_pairs
from autograder.grading.explaining.behaviours.claim import Case, Claim
from autograder.grading.explaining.behaviours.probe import Probe
from autograder.grading.tolerance import Array, close
from autograder.language import later, tr

#: Wrong answers from which on it is no chance.
_LEAST = 4
_SIDES: dict[str, Callable[[Array, Array], bool]] = {
    later("too large"): lambda answer, right: bool((answer > right).all()),
    later("too small"): lambda answer, right: bool((answer < right).all()),
    later("too far from 0"): lambda answer, right: bool((np.abs(answer) > np.abs(right)).all()),
    later("too near to 0"): lambda answer, right: bool((np.abs(answer) < np.abs(right)).all()),
}


def claims(probe: Probe) -> Iterator[Claim]:
    if len(probe.wrong) < _LEAST:
        return
    for words, test in _SIDES.items():
        title = tr("every number that is wrong is {words}", words=tr(words))
        yield Claim(title, tr("That is so in every question that was asked."), _errs(test))


def _errs(test: Callable[[Array, Array], bool]) -> Callable[[Case], bool | None]:
    def holds(case: Case) -> bool | None:
        pairs = numeric_pairs(case)
        if pairs is None or any(pair.answer.shape != pair.right.shape for pair in pairs):
            return False if case.wrong else None
        for pair in pairs:
            wrong = ~close(pair.answer, pair.right, pair.relative, pair.absolute)
            if not (np.isfinite(pair.answer[wrong]).all() and test(pair.answer[wrong], pair.right[wrong])):
                return False
        return True if case.wrong else None

    return holds
