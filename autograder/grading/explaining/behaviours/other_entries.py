"""The right numbers in other places: transposed, reversed, shifted, the first or last missing or doubled, summed up."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from autograder.grading.explaining.behaviours.answer_numbers import is_changed
from autograder.grading.explaining.behaviours.claim import Claim, answer_is
from autograder.grading.explaining.behaviours.probe import Probe
from autograder.grading.tolerance import Array
from autograder.language import later, tr

_CHANGES: dict[str, Callable[[Array], Array | None]] = {
    later("transposed"): lambda right: right.T if right.ndim == 2 else None,
    later("with each of its matrices transposed"): lambda right: np.swapaxes(right, -1, -2) if right.ndim > 2 else None,
    later("in reverse order"): lambda right: right[::-1] if right.ndim else None,
    later("with each row reversed"): lambda right: right[..., ::-1] if right.ndim > 1 else None,
    later("without its first entry"): lambda right: right[1:] if right.ndim else None,
    later("without its last entry"): lambda right: right[:-1] if right.ndim else None,
    later("without its first and last entry"): lambda right: right[1:-1] if right.ndim else None,
    later("shifted by one place to the left"): lambda right: np.roll(right, -1) if right.ndim == 1 else None,
    later("shifted by one place to the right"): lambda right: np.roll(right, 1) if right.ndim == 1 else None,
    later("with its rows one place further up"): lambda right: np.roll(right, -1, axis=0) if right.ndim == 2 else None,
    later("with its rows one place further down"): lambda right: np.roll(right, 1, axis=0) if right.ndim == 2 else None,
    later("in reverse order, without its first entry"): lambda right: right[::-1][:-1] if right.ndim else None,
    later("in reverse order, without its last entry"): lambda right: right[::-1][1:] if right.ndim else None,
    later("added up entry by entry"): lambda right: np.cumsum(right) if right.ndim == 1 else None,
    later("added up row by row"): lambda right: np.cumsum(right, axis=0) if right.ndim == 2 else None,
    later("only the first entry"): lambda right: right[0] if right.ndim else None,
    later("only the last entry"): lambda right: right[-1] if right.ndim else None,
    later("only the diagonal"): lambda right: np.diagonal(right) if right.ndim == 2 else None,
    later("with zeros off its diagonal"): lambda right: np.diag(np.diagonal(right)) if right.ndim == 2 else None,
    later("the sum of all entries"): lambda right: right.sum() if right.ndim else None,
    later("the mean of all entries"): lambda right: right.mean() if right.ndim else None,
    later("the sum of each row"): lambda right: right.sum(axis=-1) if right.ndim > 1 else None,
    later("the sum of each column"): lambda right: right.sum(axis=0) if right.ndim > 1 else None,
    later("sorted"): lambda right: np.sort(right) if right.ndim == 1 else None,
    later("sorted downwards"): lambda right: np.sort(right)[::-1] if right.ndim == 1 else None,
    later("with each column sorted"): lambda right: np.sort(right, axis=0) if right.ndim == 2 else None,
}


def claims(probe: Probe) -> Iterator[Claim]:
    for words, change in _CHANGES.items():
        part = words.startswith(("only", "the "))
        said = tr("{part} of the right one", part=tr(words)) if part else tr("the right one {how}", how=tr(words))
        yield answer_is(said, is_changed(change), of_parts=True)
