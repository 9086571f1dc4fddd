"""The numbers of an answer beside the right ones. It must not know where an answer comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from autograder.grading.asking import leaves
from autograder.grading.explaining.behaviours.answer_parts import parts_of
from autograder.grading.explaining.behaviours.claim import Case
from autograder.grading.tolerance import Array, Tolerance, close
from autograder.sandbox.handles import Behind
from autograder.sandbox.values import Tensor


@dataclass(frozen=True)
class Pair:
    """Numbers of an answer beside the right ones, both as arrays of float, and how far apart they may be."""

    answer: Array
    right: Array
    relative: float
    absolute: float

    @property
    def agrees(self) -> bool:
        """Whether the answer is right."""
        return self._close(self.answer, self.right, 1)

    @property
    def apart(self) -> npt.NDArray[Any] | None:
        """The places, counted through, where the answer is wrong; None where it isn't of the right one's shape."""
        if self.answer.shape != self.right.shape:
            return None
        return np.flatnonzero(~close(self.answer, self.right, self.relative, self.absolute))

    def near(self, values: Array, other: Array) -> bool:
        """Whether two arrays agree; where they come from a computation they may be ten times as far apart."""
        return self._close(values, other, 10)

    def _close(self, values: Array, other: Array, times: float) -> bool:
        return values.shape == other.shape and bool(close(values, other, times * self.relative, self.absolute).all())


def numeric_pairs(case: Case) -> list[Pair] | None:
    """The numbers of an answer beside the right ones, part by part; None where they don't correspond.

    Whether a part comes in the right form (a list, an array) doesn't matter here.
    """
    return _pairs(case.answer.value, case.right.value, case.asked.tolerance) if case.both_answered else None


def only_pair(case: Case) -> Pair | None:
    """The numbers of an answer beside the right ones where both are of one part; None where they aren't."""
    pairs = numeric_pairs(case)
    return pairs[0] if pairs is not None and len(pairs) == 1 else None


def _pairs(answer: Any, right: Any, tolerance: Tolerance) -> list[Pair] | None:
    if isinstance(right, dict):
        if not isinstance(answer, dict) or answer.keys() != right.keys():
            return None
        answer, right = [answer[key] for key in right], list(right.values())
    if isinstance(right, list | tuple):
        if not isinstance(answer, list | tuple) or len(answer) != len(right):
            return None
        found = [_pairs(mine, its, tolerance) for mine, its in zip(answer, right, strict=True)]
        return None if any(each is None for each in found) else [pair for each in found for pair in each or ()]
    values, wanted = as_numbers(answer), as_numbers(right)
    if values is None or wanted is None:
        return None
    dtype = right.dtype if isinstance(right, Tensor) else str(getattr(right, "dtype", "float64"))
    return [Pair(values, wanted, *tolerance.within(dtype))]


def has_several_numbers(cases: Iterable[Case]) -> bool:
    """Whether different numbers should stand where wrong ones do: of 1 for 2 alone nobody knows if it is half of it."""
    found = set[float]()
    for pair in (pair for case in cases for pair in numeric_pairs(case) or ()):
        if pair.answer.shape == pair.right.shape:
            numbers = pair.right[~np.isclose(pair.answer, pair.right)]
            found.update(numbers[:1], numbers[numbers != numbers[:1]][:1])  # np.unique would import numpy.ma
        if len(found) > 1:
            return True
    return False


def parts_with_wrong_numbers(cases: Sequence[Case]) -> list[str]:
    """Those parts in which a number is wrong anywhere; none where that is all of them, or where there are no parts."""
    names: dict[str, bool] = {}
    for case in cases:
        answer, right = parts_of(case.answer.value), parts_of(case.right.value)
        for name, part in right.items() if case.both_answered else ():
            pairs = _pairs(answer.get(name), part, case.asked.tolerance)
            names[name] = names.get(name, False) or pairs is None or not all(pair.agrees for pair in pairs)
    wrong = [name for name, is_wrong in names.items() if is_wrong]
    return wrong if len(wrong) < len(names) else []


def is_changed(change: Callable[[Array], Array | None]) -> Callable[[Case], bool | None]:
    """Whether a case got the right answer changed in this way, in each part of it that is wrong anywhere."""

    def holds(case: Case) -> bool | None:
        pairs = numeric_pairs(case)
        if pairs is None:
            return False if case.wrong else None
        telling = False
        for pair in pairs:
            changed = changed_numbers(pair.right, change)
            if changed is not None and pair.near(pair.answer, changed):
                telling = telling or not pair.near(changed, pair.right)
            elif not pair.near(pair.answer, pair.right) or len(pairs) == 1:
                return False
        return True if telling else None

    return holds


def changed_numbers(right: Array, change: Callable[[Array], Array | None]) -> Array | None:
    """The right numbers changed, None where they can't be."""
    with np.errstate(all="ignore"):
        try:
            changed = change(right)
        except (ValueError, IndexError, TypeError, np.linalg.LinAlgError):
            return None
    return None if changed is None else np.asarray(changed, dtype=float)


def as_numbers(value: Any) -> Array | None:
    """An array of float of a value that is numbers, None of any other."""
    if isinstance(value, Tensor):
        value = value.values
    numbers = isinstance(value, int | float | np.generic | np.ndarray) and not isinstance(value, bool)
    # An object in a list would be asked for its items.
    if not numbers and not (
        isinstance(value, list | tuple) and not any(isinstance(each, Behind) for each in leaves(value))
    ):
        return None
    try:
        array = np.asarray(value)
    except (ValueError, TypeError):
        return None
    if array.dtype.kind not in "iuf":
        return None
    return array.astype(float)


def numbers_of(value: Any) -> npt.NDArray[Any]:
    """The numbers of an array or a tensor, as they are."""
    return value.values if isinstance(value, Tensor) else np.asarray(value)


def like(value: Any, values: Array | float) -> Any:
    """An array of float in the form of another input: its type and dtype."""
    if isinstance(value, Tensor):
        return Tensor(np.ascontiguousarray(values, dtype=value.values.dtype), value.dtype)
    if isinstance(value, np.ndarray):
        return np.ascontiguousarray(values, dtype=value.dtype)
    if isinstance(value, np.generic):
        return value.dtype.type(values)
    if isinstance(value, list | tuple):
        return np.asarray(values).tolist()
    return type(value)(values)
