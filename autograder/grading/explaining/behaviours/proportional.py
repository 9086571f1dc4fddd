"""Only the size of the answer is wrong: it is the right one times a number, another number in another question."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from autograder.grading.explaining.behaviours.probe import Case, Claim, Probe, only_pair
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
        yield Claim(title, text, _is_proportional)


def _is_proportional(case: Case) -> bool | None:
    if not case.wrong:
        return None
    return _factor(case) is not None


def _factor(case: Case) -> float | None:
    """The one number between an answer of several entries and the right one; None where there is none, or it is 0."""
    pair = only_pair(case)
    if pair is None or pair.answer.shape != pair.right.shape or np.count_nonzero(pair.right) < 2:
        return None
    place = np.unravel_index(int(np.abs(pair.right).argmax()), pair.right.shape)
    with np.errstate(all="ignore"):
        factor = float(pair.answer[place] / pair.right[place])
        fits = np.isfinite(factor) and factor and pair.near(pair.answer, factor * pair.right)
    return factor if fits else None
