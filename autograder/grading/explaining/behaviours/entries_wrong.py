"""The same entries are wrong each time, and the others right: the first, the last, the diagonal, a row, a column."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt

from autograder.grading.explaining.behaviours.answer_numbers import only_pair
from autograder.grading.explaining.behaviours.claim import Case, Claim
from autograder.grading.explaining.behaviours.probe import Probe
from autograder.grading.tolerance import close
from autograder.language import later, tr

Mask = npt.NDArray[np.bool_]
#: Which entries, of an answer of some shape; none where it has no such.
_PLACES: dict[str, Callable[[tuple[int, ...]], Mask | None]] = {
    later("the first entry"): lambda shape: _along(shape, 0) if len(shape) == 1 else None,
    later("the last entry"): lambda shape: _along(shape, -1) if len(shape) == 1 else None,
    later("the first row"): lambda shape: _along(shape, 0) if len(shape) > 1 else None,
    later("the last row"): lambda shape: _along(shape, -1) if len(shape) > 1 else None,
    later("the first column"): lambda shape: _along(shape[::-1], 0).T if len(shape) == 2 else None,
    later("the last column"): lambda shape: _along(shape[::-1], -1).T if len(shape) == 2 else None,
    later("the diagonal"): lambda shape: np.eye(*shape) > 0 if len(shape) == 2 else None,
    later("all entries off the diagonal"): lambda shape: np.eye(*shape) == 0 if len(shape) == 2 else None,
    later("all but the first entry"): lambda shape: ~_along(shape, 0) if len(shape) == 1 else None,
    later("all but the last entry"): lambda shape: ~_along(shape, -1) if len(shape) == 1 else None,
    later("all but the first row"): lambda shape: ~_along(shape, 0) if len(shape) > 1 else None,
    later("all but the last row"): lambda shape: ~_along(shape, -1) if len(shape) > 1 else None,
}


def claims(probe: Probe) -> Iterator[Claim]:
    beside = [_is_wrong_on_diagonal(case) for case in probe.wrong]
    if any(beside):
        text = (
            tr("Right answers have other numbers there. On the diagonal, too, something is wrong.")
            if all(beside)
            else tr(
                "Right answers have other numbers there. On the diagonal, too, something is wrong in some questions."
            )
        )
        yield Claim(tr("all entries off the diagonal of the answer are 0"), text, _is_diagonal)
    for words, place in _PLACES.items():
        part = tr(words)
        title = (
            tr("{part} of the answer are wrong", part=part)
            if words.startswith("all")
            else tr("{part} of the answer is wrong", part=part)
        )
        said = tr("Everything else in it was right, in every question that was asked.")
        yield Claim(title, said, _only(place, every=words.startswith("all")))


def _is_diagonal(case: Case) -> bool | None:
    """Whether nothing but 0 stands off the diagonal, where it should not; one number alone has no such entries."""
    pair = only_pair(case)
    if not case.wrong:
        return None
    if pair is None or pair.right.ndim != 2 or pair.answer.shape != pair.right.shape:
        return False
    off = np.eye(*pair.right.shape) == 0
    if not off.any():
        return None
    return bool(not pair.answer[off].any() and pair.right[off].any() and pair.answer.any())


def _is_wrong_on_diagonal(case: Case) -> bool:
    pair = only_pair(case)
    if pair is None or pair.right.ndim != 2 or pair.answer.shape != pair.right.shape:
        return False
    return not pair.near(np.diagonal(pair.answer), np.diagonal(pair.right))


def _only(place: Callable[[tuple[int, ...]], Mask | None], *, every: bool) -> Callable[[Case], bool | None]:
    """`every`: it is said of each single entry there that it is wrong, and not of a row, say, as a whole."""

    def holds(case: Case) -> bool | None:
        pair = only_pair(case)
        if pair is None:
            return False if case.wrong else None
        mask = place(pair.right.shape)
        if mask is None or pair.answer.shape != pair.right.shape:
            return False if case.wrong else None
        wrong = ~close(pair.answer, pair.right, pair.relative, pair.absolute)
        if (wrong & ~mask).any():
            return False
        if every and not mask.all() and not wrong[mask].all():
            return False
        # Where all entries belong to the place, or most of it is right by chance, nothing is told.
        return True if case.wrong and mask.any() and not mask.all() and wrong[mask].mean() > 0.5 else None

    return holds


def _along(shape: tuple[int, ...], index: int) -> Mask:
    mask = np.zeros(shape, dtype=bool)
    if mask.size:
        mask[index] = True
    return mask
