"""The answer is the right one, or an argument, times one number, which is another in another question."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from autograder.grading.explaining.behaviours.answer_numbers import Pair, as_numbers, only_pair
from autograder.grading.explaining.behaviours.claim import Case, Claim, of_wrong
from autograder.grading.explaining.behaviours.probe import Probe
from autograder.grading.tolerance import Array
from autograder.language import tr

#: Factors that are as near to each other are one.
_DIGITS = 1e-3


def claims(probe: Probe) -> Iterator[Claim]:
    factors = [factor for case in probe.wrong if (factor := _factor(case)) is not None]
    other = next((each for each in factors if abs(each - factors[0]) > _DIGITS * abs(factors[0])), None)
    if other is not None:
        text = tr(
            "Its entries stand to each other as they should, and all are the right ones times one number: {factor:.4g} "
            "in one question, {other:.4g} in another.",
            factor=factors[0],
            other=other,
        )
        title = tr("the answer is the right one times a number, which isn't the same in all questions")
        yield Claim(title, text, of_wrong(lambda case: _factor(case) is not None))
    for name in probe.inputs(probe.wrong[0].call):
        text = tr("Its entries stand to each other as those of `{name}` do. In the right answer they don't.", name=name)
        yield Claim(tr("the answer is `{name}` times one number", name=name), text, _is_times(probe, name))


def _is_times(probe: Probe, name: str) -> Callable[[Case], bool | None]:
    """Whether an answer of several entries is an argument times one number, and the right one isn't."""

    def holds(case: Case) -> bool | None:
        pair, numbers = only_pair(case), as_numbers(probe.inputs(case.call).get(name))
        if pair is None or numbers is None or numbers.shape != pair.answer.shape:
            return False if case.wrong else None
        if np.count_nonzero(numbers) < 2:
            return None
        if _between(pair, pair.answer, numbers) is None:
            return False
        return True if case.wrong and _between(pair, pair.right, numbers) is None else None

    return holds


def _factor(case: Case) -> float | None:
    """The one number between an answer of several entries and the right one; None where there is none, or it is 0."""
    pair = only_pair(case)
    return None if pair is None else _between(pair, pair.answer, pair.right)


def _between(pair: Pair, answer: Array, values: Array) -> float | None:
    if answer.shape != values.shape or np.count_nonzero(values) < 2:
        return None
    place = np.unravel_index(int(np.abs(values).argmax()), values.shape)
    with np.errstate(all="ignore"):
        factor = float(answer[place] / values[place])
        fits = np.isfinite(factor) and factor and pair.near(answer, factor * values)
    return factor if fits else None
