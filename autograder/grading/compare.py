"""Whether two answers agree, and in words where they don't, without giving the right one away.

It must not know where the answers come from.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from autograder.language import later, tr
from autograder.sandbox.program import Handle
from autograder.sandbox.values import Tensor, dtype_name

Array = npt.NDArray[Any]

#: The course's contract: relative and absolute tolerance, by the precision of the expected values.
_DOUBLE = (1e-6, 1e-9)
_SINGLE = (1e-4, 1e-6)
_HALF = (1e-2, 1e-3)
#: Rows and columns of a picture that still fits a narrow terminal.
_WIDEST_GRID = 16


@dataclass(frozen=True)
class Tolerance:
    """Relative and absolute tolerance; None leaves it to the precision of the expected values."""

    relative: float | None = None
    absolute: float | None = None

    def within(self, expected_dtype: str) -> tuple[float, float]:
        """(rtol, atol) for expected values of this dtype."""
        relative, absolute = _DOUBLE
        if expected_dtype in ("float32", "complex64"):
            relative, absolute = _SINGLE
        elif expected_dtype in ("float16", "bfloat16"):
            relative, absolute = _HALF
        return (
            relative if self.relative is None else self.relative,
            absolute if self.absolute is None else self.absolute,
        )


#: The tolerance of the course's contract.
STANDARD = Tolerance()


def difference(answer: Any, expected: Any, tolerance: Tolerance = STANDARD) -> str | None:
    """One clause on how `answer` differs from `expected`, or None where they agree.

    Kinds must match (array, tensor, number, text, sequence, dict, None), then shape, dtype and values. An int counts
    as a float, a list as a tuple, a numpy number as a Python one. NaN agrees with NaN only.
    """
    kind = _kind(expected)
    if not _same_kind(answer, expected):
        return tr("it is {answer}, expected {expected}", answer=describe(answer), expected=_describe_kind(expected))
    if kind in ("array", "tensor"):
        return _array_difference(answer, expected, tolerance)
    if kind in ("int", "float", "complex"):
        return _number_difference(answer, expected, tolerance)
    if kind == "sequence":
        return _sequence_difference(answer, expected, tolerance)
    if kind == "dict":
        return _dict_difference(answer, expected, tolerance)
    return None if answer == expected else tr("it is {answer}, and that is not the right one", answer=describe(answer))


def alike(answer: Any, expected: Any, tolerance: Tolerance = STANDARD) -> bool:
    """Whether `difference` finds none; quicker where it does, for there is nothing to be said about it."""
    if isinstance(expected, np.ndarray | Tensor) and type(answer) is type(expected):
        if answer.shape != expected.shape or _dtype(answer) != _dtype(expected):
            return False
        values, right = (item.values if isinstance(item, Tensor) else item for item in (answer, expected))
        return bool(close(values, right, *tolerance.within(_dtype(expected))).all())
    return difference(answer, expected, tolerance) is None


def describe(value: Any) -> str:
    """A value in a few words: what it is, and how large, but no more than one number of it."""
    kind = _kind(value)
    if kind == "array":
        return tr("an array of shape {shape} and dtype {dtype}", shape=_shape(value.shape), dtype=value.dtype.name)
    if kind == "tensor":
        return tr("a tensor of shape {shape} and dtype {dtype}", shape=_shape(value.shape), dtype=value.dtype)
    if kind == "sequence":
        return tr("a {type} of {n}", type=type(value).__name__, n=len(value))
    if kind == "dict":
        keys = ", ".join(str(key)[:40] for key in list(value)[:12])
        return tr("a dict with the keys {keys}", keys=keys or tr("(none)"))
    if kind == "text":
        return tr("the text {text!r}", text=value[:80])
    if kind == "object":
        kind = value._type if isinstance(value, Handle) else type(value).__name__
        # An array or a tensor that can't cross the wall is named with what it is made of.
        if " " not in kind:
            return tr("an object of type {type}", type=kind)
        return tr("an {kind}", kind=kind) if kind[0] in "aeiouAEIOU" else tr("a {kind}", kind=kind)
    if kind == "bool":
        return tr("the truth value {value}", value=value)
    return "None" if kind == "None" else tr("the {kind} {value}", kind=kind, value=_short(value))


def _kind(value: Any) -> str:
    if value is None:
        return "None"
    if isinstance(value, bool | np.bool_):
        return "bool"
    if isinstance(value, int | np.integer):
        return "int"
    if isinstance(value, float | np.floating):
        return "float"
    if isinstance(value, complex | np.complexfloating):
        return "complex"
    kinds = ((str, "text"), (np.ndarray, "array"), (Tensor, "tensor"), (list | tuple, "sequence"), (dict, "dict"))
    return next((name for type_, name in kinds if isinstance(value, type_)), "object")


def _same_kind(answer: Any, expected: Any) -> bool:
    kind, wanted = _kind(answer), _kind(expected)
    if kind == wanted:
        return True
    if isinstance(answer, np.ndarray) and answer.shape == () and wanted in ("int", "float", "complex"):
        return _same_kind(answer[()], expected)  # numpy's 0-d array and its scalar are one thing to a caller
    return (kind, wanted) in {("int", "float"), ("int", "complex"), ("float", "complex")}


def _describe_kind(expected: Any) -> str:
    kind = _kind(expected)
    if kind in ("array", "tensor"):
        form = {"shape": _shape(expected.shape), "dtype": _dtype(expected)}
        if kind == "array":
            return tr("an array of shape {shape} and dtype {dtype}", **form)
        return tr("a tensor of shape {shape} and dtype {dtype}", **form)
    if kind == "sequence":
        return tr("a list or tuple of {n}", n=len(expected))
    if kind == "None":
        return kind
    return tr("an {kind}", kind=kind) if kind in ("int", "object") else tr("a {kind}", kind=kind)


def _array_difference(answer: Any, expected: Any, tolerance: Tolerance) -> str | None:
    if answer.shape != expected.shape:
        transposed = len(answer.shape) > 1 and answer.shape == expected.shape[::-1]
        note = " " + tr("(the axes are the other way round)") if transposed else ""
        shapes = {"shape": _shape(answer.shape), "expected": _shape(expected.shape)}
        return tr("shape {shape}, expected {expected}", **shapes) + note
    dtype, wanted = _dtype(answer), _dtype(expected)
    if dtype != wanted:
        return tr("dtype {dtype}, expected {expected}", dtype=dtype, expected=wanted)
    values, right = (item.values if isinstance(item, Tensor) else item for item in (answer, expected))
    rtol, atol = tolerance.within(wanted)
    agrees = close(values, right, rtol, atol)
    return None if agrees.all() else _where(values, right, agrees, rtol, atol)


def close(values: Array, right: Array, rtol: float, atol: float) -> npt.NDArray[np.bool_]:
    """Which entries of two arrays of one shape are near enough."""
    if values.dtype.kind not in "fc":
        return np.asarray(values == right, dtype=bool)
    with np.errstate(all="ignore"):
        near = np.asarray(np.abs(values - right) <= atol + rtol * np.abs(right))
        if near.all() and np.isfinite(right).all():  # most often; `isclose` takes ten times as long
            return near
        return np.asarray(np.isclose(values, right, rtol=rtol, atol=atol, equal_nan=True))


def _where(values: Array, right: Array, agrees: npt.NDArray[np.bool_], rtol: float, atol: float) -> str:
    """The differences in words: how many, the largest, where, and whether a simple change would mend them all."""
    if values.dtype.kind == "b":
        wrong = {"number": np.count_nonzero(~agrees), "total": agrees.size}
        return tr("{number} of {total} entries are wrong", **wrong) + _pattern(agrees)
    lost = ~np.isfinite(values) & np.isfinite(right)
    if lost.any():
        places = {"number": np.count_nonzero(lost), "total": agrees.size, "first": _first(lost)}
        if np.isnan(values[lost]).any():
            return tr("{number} of {total} entries are NaN, first at {first}", **places)
        return tr("{number} of {total} entries are infinite, first at {first}", **places)
    with np.errstate(all="ignore"):
        gaps = np.where(agrees, 0.0, np.abs(values.astype(complex) - right.astype(complex)))
        gaps = np.where(np.isnan(gaps), np.inf, gaps)
    place = np.unravel_index(int(np.argmax(gaps)), gaps.shape)
    size = float(np.abs(right[place]))
    relative = ", " + tr("relative {size:.2g}", size=float(gaps[place]) / size) if size > 0 else ""
    differing = {"number": np.count_nonzero(~agrees), "total": agrees.size}
    count = tr("{number} of {total} entries differ", **differing) + "; " if agrees.size > 1 else ""
    shape = _relation(values, right, rtol, atol)
    largest = tr("largest difference {size:.2g} at {place}", size=gaps[place], place=_index(place))
    words = f"{count}{largest}{relative}{_pattern(agrees)}{shape}"
    return words + _picture(agrees, close(-values, right, rtol, atol))


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


def _relation(values: Array, right: Array, rtol: float, atol: float) -> str:
    """A simple relation between the whole answer and the right one, if there is one."""
    changes = {
        later("the right one with its sign flipped"): -values,
        later("the right one transposed"): values.T
        if values.ndim == 2 and values.shape[0] == values.shape[1]
        else None,
        later("the right one in reverse order"): values[::-1] if values.ndim and len(values) > 1 else None,
    }
    for name, changed in changes.items():
        if changed is not None and close(changed, right, rtol, atol).all():
            return "; " + tr("your answer is {what}", what=tr(name))
    with np.errstate(all="ignore"):
        ratios = (values / right)[right != 0] if values.dtype.kind == "f" and values.size > 2 else np.array([])
    if ratios.size > 2 and not ratios.any():
        return "; " + tr("your answer is 0 throughout")
    if (
        ratios.size > 2
        and np.isfinite(ratios).all()
        and np.ptp(ratios) <= 1e-6 * abs(ratios[0])
        and abs(ratios[0] - 1) > 1e-3
    ):
        return "; " + tr("your answer is the right one times {factor} throughout", factor=_short(float(ratios[0])))
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
    if (agrees == ~diagonal).all():
        return "; " + tr("only the diagonal differs")
    if (agrees == diagonal).all():
        return "; " + tr("only the diagonal agrees")
    others = (1, later("the two agree in every other row")), (0, later("the two agree in every other column"))
    for axis, said in others:
        good = np.asarray(agrees.all(axis=axis))
        if good.sum() == len(good) - 1:
            return "; " + tr(said)
    return ""


def _number_difference(answer: Any, expected: Any, tolerance: Tolerance) -> str | None:
    if isinstance(answer, np.ndarray):
        answer = answer[()]
    if isinstance(expected, int | np.integer) and isinstance(answer, int | np.integer):
        return None if int(answer) == int(expected) else _wrong_number(answer)
    rtol, atol = tolerance.within("float64")
    value, right = complex(answer), complex(expected)
    if value == right or (_is_nan(value) and _is_nan(right)):
        return None
    gap = abs(value - right)
    if math.isfinite(gap) and gap <= atol + rtol * abs(right):
        return None
    return _wrong_number(answer)


def _wrong_number(answer: Any) -> str:
    return tr("it is {number}, and that is not the right number", number=_short(answer))


def _is_nan(value: complex) -> bool:
    return math.isnan(value.real) or math.isnan(value.imag)


def _sequence_difference(answer: Any, expected: Any, tolerance: Tolerance) -> str | None:
    if len(answer) != len(expected):
        return tr("it holds {n} values, expected {expected}", n=len(answer), expected=len(expected))
    for place, (part, right) in enumerate(zip(answer, expected, strict=True)):
        if (clause := difference(part, right, tolerance)) is not None:
            return _at(f"[{place}]", clause)
    return None


def _at(place: str, clause: str) -> str:
    """Say where in a sequence or a dict something is, as one would ask for it: at [0]["norm"]."""
    at = tr("at {place}", place="")
    return f"{at}{place}{clause.removeprefix(at)}" if clause.startswith(f"{at}[") else f"{at}{place}, {clause}"


def _dict_difference(answer: Any, expected: Any, tolerance: Tolerance) -> str | None:
    missing = [str(key) for key in expected if key not in answer]
    surplus = [str(key)[:40] for key in answer if key not in expected]
    if missing or surplus:
        parts = [tr("lacks {keys}", keys=", ".join(missing))] if missing else []
        parts += [tr("has {keys} besides", keys=", ".join(surplus[:8]))] if surplus else []
        return tr("the dict {faults}", faults=tr(" and ").join(parts))
    for key, right in expected.items():
        if (clause := difference(answer[key], right, tolerance)) is not None:
            return _at(f'["{key}"]', clause)
    return None


def _dtype(value: Any) -> str:
    return value.dtype if isinstance(value, Tensor) else dtype_name(value.dtype)


def _shape(shape: tuple[int, ...]) -> str:
    return f"({', '.join(map(str, shape))}{',' if len(shape) == 1 else ''})"


def _index(place: tuple[Any, ...]) -> str:
    return f"[{', '.join(str(int(part)) for part in place)}]" if place else tr("its value")


def _first(mask: Array) -> str:
    return _index(tuple(int(part) for part in np.argwhere(mask)[0]))


def _short(value: Any) -> str:
    if isinstance(value, int | np.integer):
        whole = int(value)
        return str(whole) if whole.bit_length() < 64 else tr("a whole number of {n} bits", n=whole.bit_length())
    if isinstance(value, complex | np.complexfloating):
        return f"{complex(value):.6g}"
    return f"{float(value):.6g}"
