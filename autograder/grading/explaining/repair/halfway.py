"""Halfway from two mistakes to none: whether a changed program answers a question as a known-wrong program does.

Of two mistakes that both spoil every answer neither seems mended when it is. That one is left is known, where some
belief's program has just that. It must not know which changes are tried.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.grading.asking import Asked, Outcome, agrees, leaves, same
from autograder.grading.explaining.behaviours.answer_numbers import as_numbers

#: How far apart, relatively, the sums of two answers' numbers can be that may be alike: those of float32 are.
_NEAR = 1e-3


class Halfway:
    """Who gives which of the `known` answers to one question, by their places: of those that are neither right nor the
    submission's own. Only numbers tell enough."""

    def __init__(self, asked: Asked, right: Outcome, known: Sequence[Outcome]) -> None:
        self._asked, self._known = asked, known
        telling = [not same(asked, each) and not agrees(replace(asked, outcome=each), right) for each in known]
        self._sums = [_sum(each) if tells else np.nan for each, tells in zip(known, telling, strict=True)]

    def like(self, outcome: Outcome) -> frozenset[int]:
        mine = _sum(outcome)
        near = [place for place, each in enumerate(self._sums) if abs(each - mine) <= _NEAR * mine]
        asked = replace(self._asked, outcome=outcome)
        return frozenset(place for place in near if same(asked, self._known[place]))


def _sum(outcome: Outcome) -> float:
    """The sum of all numbers of an answer without their signs; NaN where there is none, or none but 0."""
    found = [_numbers(leaf) for leaf in leaves(outcome.value)] if outcome.failure is None else []
    return float(sum(found)) or np.nan


def _numbers(leaf: Any) -> float:
    numbers = as_numbers(leaf)
    return 0.0 if numbers is None else float(np.abs(numbers).sum())
