"""The right answer times a number: a sign, a constant, or a size of an argument."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from autograder.grading.explaining.behaviours.answer_numbers import (
    as_numbers,
    has_several_numbers,
    is_changed,
    numeric_pairs,
)
from autograder.grading.explaining.behaviours.claim import Case, Claim
from autograder.grading.explaining.behaviours.probe import Probe, numeric_inputs
from autograder.grading.tolerance import Array
from autograder.language import later, tr

#: How each is said; `size` is how long an axis of an argument is.
_OF_SIZE: dict[str, Callable[[float], float]] = {
    later("times {size}"): lambda size: size,
    later("divided by {size}"): lambda size: 1 / size,
    later("times {size} − 1"): lambda size: size - 1,
    later("divided by {size} − 1"): lambda size: 1 / (size - 1),
    later("times the square root of {size}"): lambda size: size**0.5,
    later("divided by the square root of {size}"): lambda size: size**-0.5,
}
_DIGITS = 1e-5


def claims(probe: Probe) -> Iterator[Claim]:
    first = next((ratio for case in probe.wrong if (ratio := _ratio(case)) is not None), None)
    if first is None:
        return
    if abs(first + 1) < _DIGITS:
        text = tr("Every number that is wrong has the right size and the wrong sign.")
        yield Claim(tr("the answer has the wrong sign"), text, _multiplied(lambda case: -1.0), of_parts=True)
    if f"{first:.6g}" != "1" and has_several_numbers(probe.wrong):  # as near as that, no factor was meant
        text = tr(
            "Every number that is wrong is the right one times {factor:.6g}: a factor too many, or one is missing.",
            factor=first,
        )
        yield Claim(
            tr("the answer is the right one times {factor:.6g}", factor=first),
            text,
            _multiplied(lambda case: first),
            of_parts=True,
        )
    for name, size in _sizes(probe):
        for words, factor in _OF_SIZE.items():
            phrase = tr(words, size=name)
            text = tr("Every number that is wrong is the right one {phrase}.", phrase=phrase)
            yield Claim(
                tr("the answer is the right one {phrase}", phrase=phrase),
                text,
                _multiplied(_sized(size, factor)),
                of_parts=True,
            )


def _sized(size: Callable[[Case], float], factor: Callable[[float], float]) -> Callable[[Case], float]:
    def number(case: Case) -> float:
        try:
            found = factor(size(case))
        except ZeroDivisionError:
            return float("nan")
        return found if isinstance(found, float) else float("nan")  # the root of a negative number is complex

    return number


def _sizes(probe: Probe) -> Iterator[tuple[str, Callable[[Case], float]]]:
    """The whole numbers and the lengths of arrays among the arguments."""
    call = probe.wrong[0].call
    for name, values in numeric_inputs(probe, call):
        if not values.ndim:
            yield f"`{name}`", lambda case, name=name: float(_values(probe, case, name))  # type: ignore[misc]
        for axis in range(min(values.ndim, 3)):
            words = (
                tr("the length of `{name}`", name=name)
                if values.ndim == 1
                else tr("the length of axis {axis} of `{name}`", axis=axis, name=name)
            )
            yield words, lambda case, name=name, axis=axis: _length(_values(probe, case, name), axis)  # type: ignore[misc]


def _values(probe: Probe, case: Case, name: str) -> Array:
    """The numbers of an argument; of one that isn't given, its default."""
    default = probe.defaults.get(name)
    left_out = np.nan if default is None else as_numbers(default)
    return dict(numeric_inputs(probe, case.call)).get(name, np.array(np.nan if left_out is None else left_out))


def _length(values: Array, axis: int) -> float:
    return float(np.shape(values)[axis]) if np.ndim(values) > axis else float("nan")


def _ratio(case: Case) -> float | None:
    """The one factor between the wrong numbers and the right ones, where there is one other than 0 and 1."""
    for pair in numeric_pairs(case) or ():
        if pair.answer.shape != pair.right.shape or pair.near(pair.answer, pair.right):
            continue
        place = np.unravel_index(int(np.abs(pair.right).argmax()), pair.right.shape) if pair.right.size else ()
        ratio = float(pair.answer[place] / pair.right[place]) if pair.right.size and pair.right[place] else 0.0
        return ratio if np.isfinite(ratio) and ratio not in (0.0, 1.0) else None
    return None


def _multiplied(number: Callable[[Case], float]) -> Callable[[Case], bool | None]:
    return lambda case: is_changed(lambda right: number(case) * right)(case)
