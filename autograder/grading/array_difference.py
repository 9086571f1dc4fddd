"""Where two arrays differ, in words and as a picture: how many entries, which part of them, and in what relation.

It must not give a right entry away.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from autograder.grading.kinds import dtype_of, shape_in_words, short
from autograder.grading.tolerance import STANDARD, Array, Tolerance, close
from autograder.language import decimal, later, power_of_ten, tr, tr_n
from autograder.sandbox.values import Tensor

#: Rows and columns of a picture that still fits a narrow terminal.
_WIDEST_GRID = 16
#: A number that is shown has six decimals or four significant digits, whichever are more.
_DECIMALS, _DIGITS = 6, 4


def array_difference(answer: Any, expected: Any, tolerance: Tolerance) -> str | None:
    if answer.shape != expected.shape:
        transposed = len(answer.shape) > 1 and answer.shape == expected.shape[::-1]
        note = " " + tr("(the axes are the other way round)") if transposed else ""
        shapes = {"shape": shape_in_words(answer), "expected": shape_in_words(expected)}
        return tr("shape {shape}, expected {expected}", **shapes) + note
    dtype, wanted = dtype_of(answer), dtype_of(expected)
    if dtype != wanted:
        return tr("dtype {dtype}, expected {expected}", dtype=dtype, expected=wanted)
    values, right = (item.values if isinstance(item, Tensor) else item for item in (answer, expected))
    rtol, atol = tolerance.within(wanted)
    agrees = close(values, right, rtol, atol)
    if agrees.all():
        return None
    return _where(
        values, right, agrees, lambda changed: _as_shown(changed, right, wanted) & close(changed, right, rtol, atol)
    )


def _as_shown(values: Array, right: Array, dtype: str) -> npt.NDArray[np.bool_]:
    """Which entries agree in the digits that a person sees: a check may let more pass."""
    exactly = close(values, right, *STANDARD.within(dtype))
    if right.dtype.kind != "f":
        return exactly
    with np.errstate(all="ignore"):
        return np.asarray(exactly | (np.abs(values - right) <= _half_a_digit(right)))


def _half_a_digit(numbers: Array) -> Array:
    """Half a unit of the last digit that is shown of each, which may be rounded to four digits or six decimals."""
    decimals = np.full(numbers.shape, _DECIMALS)
    for fewer in reversed(range(_DECIMALS)):
        decimals[np.round(numbers, fewer) == numbers] = fewer
    least = _DIGITS - 1 - np.floor(np.log10(np.abs(numbers)))
    return np.asarray(0.505 * 10.0 ** -np.where(numbers == 0, _DECIMALS, np.maximum(decimals, least)))


def _where(
    values: Array, right: Array, agrees: npt.NDArray[np.bool_], shown: Callable[[Array], npt.NDArray[np.bool_]]
) -> str:
    """The differences in words: how many, the largest, where, and whether a simple change would mend them all.

    `shown`: which entries agree to the eye. Where those aren't the ones that a check accepts, nothing is said of them.
    """
    if values.dtype.kind == "b":
        wrong = {"number": np.count_nonzero(~agrees), "total": agrees.size}
        count = tr("{number} of {total} entries are wrong", **wrong)
        return count + _pattern(agrees) if agrees.any() else count
    lost = ~np.isfinite(values) & np.isfinite(right)
    if lost.any():
        return _of_lost(values, lost)
    with np.errstate(all="ignore"):
        gaps = np.where(agrees, 0.0, np.abs(values.astype(complex) - right.astype(complex)))
        gaps = np.where(np.isnan(gaps), np.inf, gaps)
    place = np.unravel_index(int(np.argmax(gaps)), gaps.shape)
    size = float(np.abs(right[place]))
    relative = ", " + tr("relative {size}", size=_two_digits(float(gaps[place]) / size)) if size > 0 else ""
    relation = _relation(values, right, shown)
    largest = tr("largest difference {size} at {place}", size=_two_digits(float(gaps[place])), place=_index(place))
    if (shown(values) != agrees).any():
        return f"{largest}{relative}{relation}"
    differing = {"number": np.count_nonzero(~agrees), "total": agrees.size}
    # Where no entry agrees, `_pattern` says so.
    count = tr("{number} of {total} entries differ", **differing) + "; " if agrees.size > 1 and agrees.any() else ""
    return f"{count}{largest}{relative}{_pattern(agrees)}{relation}" + _picture(agrees, shown(-values))


def _of_lost(values: Array, lost: npt.NDArray[np.bool_]) -> str:
    """How many entries are NaN or infinite that shouldn't be, and where the first is."""
    number = int(np.count_nonzero(lost))
    places = {"number": number, "total": lost.size, "first": _first(lost)}
    if np.isnan(values[lost]).any():
        return tr_n(
            "{number} of {total} entries is NaN, at {first}",
            "{number} of {total} entries are NaN, first at {first}",
            number,
            **places,
        )
    return tr_n(
        "{number} of {total} entries is infinite, at {first}",
        "{number} of {total} entries are infinite, first at {first}",
        number,
        **places,
    )


def _picture(agrees: npt.NDArray[np.bool_], flipped: npt.NDArray[np.bool_]) -> str:
    """Lines below the sentence: a grid of what is right, where that is less than all and more than nothing."""
    if not 1 <= agrees.ndim <= 2 or max(agrees.shape) > _WIDEST_GRID or not agrees.any() or agrees.size < 3:
        return ""
    marks = np.where(agrees, ".", np.where(flipped, "s", "x"))
    rows = marks if marks.ndim == 2 else marks[None]
    width = len(str(max(rows.shape) - 1))
    heading = " ".join(f"{column:>{width}}" for column in range(rows.shape[1]))
    lines = [" ".join(f"{mark:>{width}}" for mark in row) for row in rows]
    if marks.ndim == 2:
        lines = [f"{number:>{width}}  {line}" for number, line in enumerate(lines)]
        heading = f"{'':{width}}  {heading}"
    legend = tr("x wrong, . right") + (", " + tr("s right but for its sign") if "s" in marks else "")
    return "\n".join(["", heading, *lines, legend])


def _relation(values: Array, right: Array, shown: Callable[[Array], npt.NDArray[np.bool_]]) -> str:
    """A simple relation between the whole answer and the right one, if there is one."""
    changes = {
        later("the right one with its sign flipped"): -values,
        later("the right one transposed"): values.T
        if values.ndim == 2 and values.shape[0] == values.shape[1]
        else None,
        later("the right one in reverse order"): values[::-1] if values.ndim and len(values) > 1 else None,
    }
    for name, changed in changes.items():
        if changed is not None and shown(changed).all():
            return "; " + tr("it is {what}", what=tr(name))
    with np.errstate(all="ignore"):
        ratios = (values / right)[right != 0] if values.dtype.kind == "f" and values.size > 2 else np.array([])
    if ratios.size > 2 and not values.any():
        return "; " + tr("it is 0 throughout")
    if (
        ratios.size > 2
        and ratios[0] != 0
        and np.isfinite(ratios).all()
        and np.ptp(ratios) <= 1e-6 * abs(ratios[0])
        and abs(ratios[0] - 1) > 1e-3
        and shown(values / ratios[0]).all()  # also where the right one is 0
    ):
        return "; " + tr("it is the right one times {factor} throughout", factor=decimal(short(float(ratios[0]))))
    return ""


def _pattern(agrees: npt.NDArray[np.bool_]) -> str:
    """Which part of the entries is wrong, where it is a clear one."""
    if agrees.ndim == 0 or agrees.size == 1:
        return ""
    if not agrees.any():
        return "; " + tr("no entry agrees")
    if agrees.ndim == 1:
        wrong = np.flatnonzero(~agrees)
        return "; " + tr("the two agree everywhere else") if len(wrong) == 1 else ""
    if agrees.ndim != 2:
        return ""
    diagonal = np.eye(*agrees.shape) > 0
    if min(agrees.shape) > 1 and (agrees == ~diagonal).all():
        return "; " + tr("only the diagonal differs")
    if min(agrees.shape) > 1 and (agrees == diagonal).all():
        return "; " + tr("only the diagonal agrees")
    others = (1, later("every other row agrees")), (0, later("every other column agrees"))
    for axis, said in others:
        good = np.asarray(agrees.all(axis=axis))
        if good.sum() == len(good) - 1:
            return "; " + tr(said)
    return ""


def _index(place: tuple[Any, ...]) -> str:
    return f"[{', '.join(str(int(part)) for part in place)}]" if place else tr("its value")


def _first(mask: Array) -> str:
    return _index(tuple(int(part) for part in np.argwhere(mask)[0]))


def _two_digits(size: float) -> str:
    """Write a size with two digits, as it is set: 0.18, 160, 1.6·10⁻⁷."""
    mantissa, _, exponent = f"{size:.1e}".partition("e")
    if not exponent:
        return mantissa
    if -5 < int(exponent) < 6:
        return decimal(f"{float(f'{size:.1e}'):.10g}")
    return f"{decimal(f'{float(mantissa):g}')}·{power_of_ten(int(exponent))}"
