"""The right answer with something added: a constant, or the identity matrix."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from autograder.grading.compare import Array
from autograder.grading.explaining.behaviours.probe import Claim, Probe, is_changed, numeric_pairs


def claims(probe: Probe) -> Iterator[Claim]:
    text = "The answer is the right one with the identity matrix {}: 1 is {} every entry of the diagonal."
    yield Claim("the identity is added to the answer", text.format("added", "added to"), is_changed(_identity(1.0)))
    yield Claim(
        "the identity is missing from the answer", text.format("taken off", "taken off"), is_changed(_identity(-1.0))
    )
    for pair in numeric_pairs(probe.wrong[0]) or ():
        if pair.answer.shape == pair.right.shape and pair.right.size and not pair.near(pair.answer, pair.right):
            more = float((pair.answer - pair.right).flat[0])
            if np.isfinite(more):
                words = f"{abs(more):.4g} too {'large' if more > 0 else 'small'}"
                text = f"Every number that is wrong is {words}."
                yield Claim(f"the answer is {words}", text, is_changed(lambda right, more=more: right + more))  # type: ignore[misc]
            return


def _identity(sign: float) -> Callable[[Array], Array | None]:
    def change(right: Array) -> Array | None:
        if right.ndim < 2 or right.shape[-1] != right.shape[-2]:
            return None
        return right + sign * np.eye(right.shape[-1])

    return change
