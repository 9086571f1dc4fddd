"""The right answer with something added: a constant, or the identity matrix."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from autograder.grading.explaining.behaviours.answer_numbers import has_several_numbers, is_changed, numeric_pairs
from autograder.grading.explaining.behaviours.claim import Claim
from autograder.grading.explaining.behaviours.probe import Probe
from autograder.grading.tolerance import Array
from autograder.language import decimal, tr


def claims(probe: Probe) -> Iterator[Claim]:
    added = tr("The answer is the right one with the identity matrix added: 1 is added to every entry of the diagonal.")
    yield Claim(tr("the identity is added to the answer"), added, is_changed(_identity(1.0)), of_parts=True)
    yield Claim(
        tr("the identity is missing from the answer"),
        tr(
            "The answer is the right one with the identity matrix taken off: "
            "1 is taken off every entry of the diagonal."
        ),
        is_changed(_identity(-1.0)),
        of_parts=True,
    )
    for pair in (numeric_pairs(probe.wrong[0]) or ()) if has_several_numbers(probe.wrong) else ():
        if pair.answer.shape == pair.right.shape and pair.right.size and not pair.near(pair.answer, pair.right):
            more = float((pair.answer - pair.right).flat[0])
            if np.isfinite(more):
                size = decimal(f"{abs(more):.4g}")
                words = tr("{size} too large", size=size) if more > 0 else tr("{size} too small", size=size)
                text = tr("Every number that is wrong is {words}.", words=words)
                yield Claim(tr("the answer is {words}", words=words), text, is_changed(_more(more)), of_parts=True)
            return


def _more(number: float) -> Callable[[Array], Array | None]:
    return lambda right: right + number


def _identity(sign: float) -> Callable[[Array], Array | None]:
    def change(right: Array) -> Array | None:
        if right.ndim < 2 or right.shape[-1] != right.shape[-2]:
            return None
        return right + sign * np.eye(right.shape[-1])

    return change
