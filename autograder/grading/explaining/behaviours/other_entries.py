"""The right numbers in other places: transposed, reversed, shifted, the first or last missing or doubled, summed up."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from autograder.grading.compare import Array
from autograder.grading.explaining.behaviours.probe import Claim, Probe, is_changed

_CHANGES: dict[str, Callable[[Array], Array | None]] = {
    "transposed": lambda right: np.swapaxes(right, -1, -2) if right.ndim > 1 else None,
    "in reverse order": lambda right: right[::-1] if right.ndim else None,
    "with each row reversed": lambda right: right[..., ::-1] if right.ndim > 1 else None,
    "without its first entry": lambda right: right[1:] if right.ndim else None,
    "without its last entry": lambda right: right[:-1] if right.ndim else None,
    "without its first and last entry": lambda right: right[1:-1] if right.ndim else None,
    "shifted by one place to the left": lambda right: np.roll(right, -1, axis=0) if right.ndim else None,
    "shifted by one place to the right": lambda right: np.roll(right, 1, axis=0) if right.ndim else None,
    "in reverse order, without its first entry": lambda right: right[::-1][:-1] if right.ndim else None,
    "in reverse order, without its last entry": lambda right: right[::-1][1:] if right.ndim else None,
    "added up entry by entry": lambda right: np.cumsum(right, axis=0) if right.ndim else None,
    "only the first entry": lambda right: right[0] if right.ndim else None,
    "only the last entry": lambda right: right[-1] if right.ndim else None,
    "only the diagonal": lambda right: np.diagonal(right) if right.ndim == 2 else None,
    "with zeros off its diagonal": lambda right: np.diag(np.diagonal(right)) if right.ndim == 2 else None,
    "the sum of all its entries": lambda right: right.sum() if right.ndim else None,
    "the mean of all its entries": lambda right: right.mean() if right.ndim else None,
    "the sum of each row": lambda right: right.sum(axis=-1) if right.ndim > 1 else None,
    "the sum of each column": lambda right: right.sum(axis=0) if right.ndim > 1 else None,
    "sorted": lambda right: np.sort(right, axis=0) if right.ndim else None,
    "sorted downwards": lambda right: np.sort(right, axis=0)[::-1] if right.ndim else None,
}


def claims(probe: Probe) -> Iterator[Claim]:
    for words, change in _CHANGES.items():
        part = words.startswith(("only", "the "))
        said = (
            f"{words} of the right one".replace("all its entries", "all entries") if part else f"the right one {words}"
        )
        yield Claim(
            f"the answer is {said}", f"In every question that was asked, the answer is {said}.", is_changed(change)
        )
