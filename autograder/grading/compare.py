"""Whether two answers agree, and in words where they don't, without giving the right one away.

It must not know where the answers come from.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from autograder.language import decimal, later, power_of_ten, tr, tr_n
from autograder.sandbox.handles import Behind, Handle
from autograder.sandbox.values import Fields, Items, Named, Printed, Tensor, dtype_name

Array = npt.NDArray[Any]

#: The course's contract: relative and absolute tolerance, by the precision of the expected values.
_DOUBLE = (1e-6, 1e-9)
_SINGLE = (1e-4, 1e-6)
_HALF = (1e-2, 1e-3)
#: Rows and columns of a picture that still fits a narrow terminal.
_WIDEST_GRID = 16
#: Characters of a printed line that are quoted.
_LONGEST_LINE = 120
#: The values of a short answer, by their place.
_NTH = (later("the first value"), later("the second value"), later("the third value"), later("the fourth value"))
#: A number that is shown has six decimals or four significant digits, whichever are more.
_DECIMALS, _DIGITS = 6, 4

Equal: TypeAlias = Literal["usual", "strict", "lenient"]


@dataclass(frozen=True)
class Tolerance:
    """Relative and absolute tolerance; None leaves it to the precision of the expected values.

    `equal`: how much of a value's type counts; see `difference`.
    """

    relative: float | None = None
    absolute: float | None = None
    equal: Equal = "usual"

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

    Kinds must match, then shape, dtype and values. An int counts as a float, a list as a tuple, a numpy number as a
    Python one; where a named tuple is expected, its fields count too. NaN agrees with NaN only. With `equal="strict"`
    nothing counts as another type; with "lenient" numbers are compared by value, whatever their type, and arrays, lists
    and other things with items by these.
    """
    if tolerance.equal == "lenient":
        answer, expected = _plain(answer), _plain(expected)
    kind = _kind(expected)
    if tolerance.equal == "strict" and (name := type_name(answer)) != type_name(expected):
        return tr("its type is {type}, expected {expected}", type=name, expected=type_name(expected))
    if not _same_kind(answer, expected, tolerance.equal):
        return _another(answer, _describe_kind(expected))
    compare = _DIFFERENCES.get(kind)
    if compare is not None:
        return compare(answer, expected, tolerance)
    if isinstance(expected, Behind) and isinstance(answer, Behind):
        return tr("it is {answer}, and such objects can be compared by what they answer only", answer=describe(answer))
    if isinstance(expected, Behind) or isinstance(answer, Behind):
        return _another(answer, describe(expected))
    return None if answer == expected else tr("it is {answer}, and that is not the right one", answer=describe(answer))


def alike(answer: Any, expected: Any, tolerance: Tolerance = STANDARD) -> bool:
    """Whether `difference` finds none; quicker where it does, for there is nothing to be said about it."""
    array = isinstance(expected, np.ndarray | Tensor) and type(answer) is type(expected)
    if array and tolerance.equal != "lenient":
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
    if isinstance(value, Named):
        return tr("a named tuple of the type {type}", type=value._type)
    if kind == "sequence":
        return tr("a {type} of {n}", type=type(value).__name__, n=len(value))
    if kind == "dict":
        keys = ", ".join(str(key)[:40] for key in list(value)[:12])
        return tr("a dict with the keys {keys}", keys=keys or tr("(none)"))
    if kind == "text":
        return tr("the text {text!r}", text=value[:80])
    if kind in ("set", "frozenset"):
        return tr("a {type} of {n}", type=kind, n=len(value))
    if kind in ("bytes", "bytearray"):
        return tr("the {kind} {value}", kind=kind, value=repr(bytes(value[:40])))
    if kind in _WRITTEN:
        return tr("the {kind} {value}", kind=kind, value=str(value)[:80])
    if kind == "items":
        if value.cut:
            return tr("{what} of {n} or more", what=with_article(value.type), n=len(value.items))
        return tr("{what} of {n}", what=with_article(value.type), n=len(value.items))
    if kind == "fields":
        return with_article(value.type)
    if kind == "printed":
        return tr("a printed text")
    if kind == "type":
        return tr("the type {name}", name=value.__name__)
    if kind == "function":
        return tr("a function")
    if kind == "object":
        kind = value._type if isinstance(value, Handle) else type(value).__name__
        # An array or a tensor that can't cross the wall is named with what it is made of.
        return _kept_behind(kind) if " " in kind else tr("an object of type {type}", type=kind)
    if kind == "bool":
        return tr("the truth value {value}", value=value)
    if kind == "None":
        return "None"
    written = _short(value)
    point = ".0" if kind == "float" and written.removeprefix("-").isdigit() else ""  # a float by its looks, too
    return tr("the {kind} {value}", kind=kind, value=written + point)


def _kept_behind(kind: str) -> str:
    """An array or a tensor that can't cross the wall, as `sandbox.inside.values` names it, in the language spoken."""
    if found := re.fullmatch(r"masked array of dtype (.+)", kind):
        return tr("a masked array of dtype {dtype}", dtype=found[1])
    if found := re.fullmatch(r"(\w+) of dtype (.+)", kind):
        return tr("{what} of dtype {dtype}", what=with_article(found[1]), dtype=found[2])
    if found := re.fullmatch(r"tensor in the layout (.+)", kind):
        return tr("a tensor in the layout {layout}", layout=found[1])
    if kind == "tensor on the device meta, without values":
        return tr("a tensor on the device meta, without values")
    return with_article(kind)


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
    found = next((name for type_, name in _KINDS if isinstance(value, type_)), "")
    if found:
        return found
    if isinstance(value, Behind):
        return "object"
    name = type(value).__name__
    return name if name in _WRITTEN else ("function" if callable(value) else "object")


_KINDS: tuple[tuple[Any, str], ...] = (
    (str, "text"), (np.ndarray, "array"), (Tensor, "tensor"), (list | tuple, "sequence"), (dict, "dict"), (set, "set"),
    (frozenset, "frozenset"), (bytes, "bytes"), (bytearray, "bytearray"), (Items, "items"), (Fields, "fields"),
    (Printed, "printed"), (type, "type"),
)  # fmt: skip
#: Kinds that are named as their class is, and compared by `==`.
_WRITTEN = ("Fraction", "Decimal", "date", "time", "datetime", "timedelta")
_PLAIN_ITERATORS = ("generator", "map", "filter", "zip", "enumerate", "reversed")


def with_article(name: str) -> str:
    """A name with the article that stands before it."""
    return tr("an {kind}", kind=name) if name[:1] in "aeiouAEIOU" else tr("a {kind}", kind=name)


def type_name(value: Any) -> str:
    """What a value's type is called, behind the wall too."""
    if isinstance(value, Handle | Named):
        return value._type
    if isinstance(value, Items | Fields):
        return value.type
    return "function" if _kind(value) == "function" else type(value).__name__


def _plain(value: Any) -> Any:
    """A value as lists of numbers and other things, as far as it can be had as that."""
    if isinstance(value, Tensor):
        value = value.values
    if isinstance(value, np.ndarray | np.generic):
        value = value.tolist()
    if isinstance(value, Items):
        value = value.items
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, tuple):
        return list(value)
    if type(value).__name__ in ("Fraction", "Decimal"):
        whole = value == value and abs(value) != math.inf and value == int(value)
        return int(value) if whole else float(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, frozenset):
        return set(value)
    return bytes(value) if isinstance(value, bytearray) else value


def _same_kind(answer: Any, expected: Any, equal: Equal = "usual") -> bool:
    kind, wanted = _kind(answer), _kind(expected)
    if equal == "lenient" and {kind, wanted} <= {"int", "float", "complex"}:
        return True
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
    if kind == "items":
        return with_article(expected.type)
    if kind == "fields":
        return _with_fields(expected)
    return kind if kind == "None" else with_article(kind)


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


def close(values: Array, right: Array, rtol: float, atol: float) -> npt.NDArray[np.bool_]:
    """Which entries of two arrays of one shape are near enough."""
    if values.dtype.kind not in "fc":
        return np.asarray(values == right, dtype=bool)
    with np.errstate(all="ignore"):
        if np.isfinite(values).all() and np.isfinite(right).all():  # most often; `isclose` takes ten times as long
            return np.asarray(np.abs(values - right) <= atol + rtol * np.abs(right))
        return np.asarray(np.isclose(values, right, rtol=rtol, atol=atol, equal_nan=True))


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
        number = int(np.count_nonzero(lost))
        places = {"number": number, "total": agrees.size, "first": _first(lost)}
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
        return "; " + tr("it is the right one times {factor} throughout", factor=decimal(_short(float(ratios[0]))))
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
    return tr("it is {number}, and that is not the right number", number=decimal(_short(answer)))


def _is_nan(value: complex) -> bool:
    return math.isnan(value.real) or math.isnan(value.imag)


def _sequence_difference(answer: Any, expected: Any, tolerance: Tolerance) -> str | None:
    if len(answer) != len(expected):
        return tr("it holds {n} values, expected {expected}", n=len(answer), expected=len(expected))
    if isinstance(expected, Named):
        if not isinstance(answer, Named):
            return _another(answer, tr("a named tuple of the type {type}", type=expected._type))
        if (answer._type, answer._fields) != (expected._type, expected._fields):
            fields = tr("{type} with the fields {fields}", type=expected._type, fields=", ".join(expected._fields))
            return _another(answer, fields)
    for place, (part, right) in enumerate(zip(answer, expected, strict=True)):
        if (clause := difference(part, right, tolerance)) is not None:
            return _at(f"[{place}]", clause)
    return None


def nth(place: int, total: int) -> str:
    """How one of several values is called by its place."""
    if total <= len(_NTH):
        return tr(_NTH[place])
    return tr("value {number} of {total}", number=place + 1, total=total)


def by_place(clause: str, value: Any) -> str:
    """A clause on a part of what was put together of answers, as a sentence that names the part."""
    at = tr("at {place}", place="")
    found = re.match(rf'{re.escape(at)}\[(?:"(.*?)"|(\d+))\](?:, )?(.*)', clause, re.DOTALL)
    if found is None:
        return f"{clause[0].upper()}{clause[1:]}"
    name, number, rest = found.groups()
    rest = f"{at}{rest}" if rest.startswith("[") else rest
    if name is not None:
        return tr("For {name}: {clause}", name=name, clause=rest)
    return tr("In {part}: {clause}", part=nth(int(number), len(value)), clause=rest)


def _at(place: str, clause: str) -> str:
    """Say where in a sequence or a dict something is, as one would ask for it: at [0]["norm"]."""
    at = tr("at {place}", place="")
    return f"{at}{place}{clause.removeprefix(at)}" if clause.startswith(f"{at}[") else f"{at}{place}, {clause}"


def _another(answer: Any, expected: str) -> str:
    return tr("it is {answer}, expected {expected}", answer=describe(answer), expected=expected)


def _items_difference(answer: Items, expected: Items, tolerance: Tolerance) -> str | None:
    iterators = answer.type in _PLAIN_ITERATORS and expected.type in _PLAIN_ITERATORS
    if answer.type != expected.type and not iterators:
        return _another(answer, with_article(expected.type))
    for number, (item, right) in enumerate(zip(answer.items, expected.items, strict=False), start=1):
        if (clause := difference(item, right, tolerance)) is not None:
            return tr("in item {number}, {clause}", number=number, clause=clause)
    if (len(answer.items), answer.cut) != (len(expected.items), expected.cut):
        return tr("it gives {items}, expected {expected}", items=_how_many(answer), expected=_how_many(expected))
    return None


def _how_many(items: Items) -> str:
    count = len(items.items)
    return tr("{n} items or more", n=count) if items.cut else tr_n("{n} item", "{n} items", count)


def _with_fields(value: Fields) -> str:
    return tr("{type} with the fields {fields}", type=with_article(value.type), fields=", ".join(value.fields))


def _fields_difference(answer: Fields, expected: Fields, tolerance: Tolerance) -> str | None:
    fields, mine = ", ".join(expected.fields), ", ".join(answer.fields)
    if answer.type == expected.type and mine != fields:
        return tr("its fields are {fields}, expected {expected}", fields=mine, expected=fields)
    if answer.type != expected.type:
        return _another(answer, _with_fields(expected))
    for name, right in expected.fields.items():
        if (clause := difference(answer.fields[name], right, tolerance)) is not None:
            return tr("in its {name}, {clause}", name=name, clause=clause)
    return None


def _set_difference(answer: Any, expected: Any, tolerance: Tolerance) -> str | None:
    if answer == expected:
        return None
    both = [*answer, *expected]
    if len(answer) == len(expected) and all(isinstance(each, int | float) for each in both):
        pairs = zip(sorted(answer), sorted(expected), strict=True)
        if all(_number_difference(mine, right, tolerance) is None for mine, right in pairs):
            return None
    surplus, lacking = len(answer - expected), len(expected - answer)
    parts = [tr("lacks {number} of {total} members", number=lacking, total=len(expected))] if lacking else []
    parts += (
        [tr_n("has {n} that does not belong in it", "has {n} that do not belong in it", surplus)] if surplus else []
    )
    return tr("the {kind} {faults}", kind=_kind(answer), faults=tr(" and ").join(parts))


def _printed_difference(answer: Printed, expected: Printed, tolerance: Tolerance) -> str | None:
    """The first line that differs, with both texts: who compares by eye needs both."""
    if (clause := _lines_difference(answer.text, expected.text, tr("it prints"))) is not None:
        return clause
    for name, right in expected.left.items():
        mine = answer.left.get(name)
        if mine is None and right is not None:
            return tr("it leaves no file {name}", name=name)
        if (clause := _lines_difference(mine or "", right or "", tr("{name} holds", name=name))) is not None:
            return clause
    return None


def _lines_difference(text: str, expected: str, holds: str) -> str | None:
    """`holds` is who holds the text, and a verb."""
    lines, right = _lines(text), _lines(expected)
    for number, (mine, wanted) in enumerate(zip(lines, right, strict=False), start=1):
        if mine != wanted:
            asking = mine.endswith(wanted) and wanted and mine[: -len(wanted)].rstrip().endswith((":", "?", ">"))
            prompt = tr("if input(…) prints the text in front, give it none")
            both = {"number": number, "holds": holds, "mine": _quoted(mine), "wanted": _quoted(wanted)}
            said = tr("line {number} that {holds} is {mine}, expected {wanted}", **both)
            return f"{said}; {prompt}" if asking else said
    counts = tr("{holds} {count}, expected {expected}", holds=holds, count=_count(lines), expected=_count(right))
    if len(lines) > len(right):
        return f"{counts}; " + tr("the first of the others is {line}", line=_quoted(lines[len(right)]))
    if len(lines) < len(right):
        missing = {"number": len(lines) + 1, "line": _quoted(right[len(lines)])}
        return f"{counts}; " + tr("line {number} should be {line}", **missing)
    return None


def _lines(text: str) -> list[str]:
    """Lines without blanks at their ends and empty lines at the end, which count for nothing."""
    return [line.rstrip() for line in text.rstrip().splitlines()]


def _count(lines: list[str]) -> str:
    return tr_n("{n} line", "{n} lines", len(lines)) if lines else tr("nothing")


def _quoted(line: str) -> str:
    return f'"{line}"' if len(line) <= _LONGEST_LINE else f'"{line[:_LONGEST_LINE]}…"'


def _dict_difference(answer: Any, expected: Any, tolerance: Tolerance) -> str | None:
    lacking, others = ([key for key in one if key not in two] for one, two in ((expected, answer), (answer, expected)))
    # A text that looks like a number's, or like nothing, is told from that by its quotation marks.
    blank = any(not str(key).strip() for key in (*lacking, *others))
    name = repr if blank or set(map(str, lacking)) & set(map(str, others)) else str
    missing, surplus = [name(key) for key in lacking], [name(key)[:40] for key in others]
    if missing or surplus:
        parts = [tr("lacks {keys}", keys=", ".join(missing))] if missing else []
        parts += [tr("also has {keys}", keys=", ".join(surplus[:8]))] if surplus else []
        return tr("the dict {faults}", faults=tr(" and ").join(parts))
    for key, right in expected.items():
        if (clause := difference(answer[key], right, tolerance)) is not None:
            return _at(f'["{key}"]' if isinstance(key, str) else f"[{key!r}]", clause)
    return None


_DIFFERENCES: dict[str, Callable[[Any, Any, Tolerance], str | None]] = {
    "array": _array_difference,
    "tensor": _array_difference,
    "int": _number_difference,
    "float": _number_difference,
    "complex": _number_difference,
    "sequence": _sequence_difference,
    "dict": _dict_difference,
    "set": _set_difference,
    "frozenset": _set_difference,
    "items": _items_difference,
    "fields": _fields_difference,
    "printed": _printed_difference,
}


def _dtype(value: Any) -> str:
    return value.dtype if isinstance(value, Tensor) else dtype_name(value.dtype)


def _shape(shape: tuple[int, ...]) -> str:
    return f"({', '.join(map(str, shape))}{',' if len(shape) == 1 else ''})"


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


def _short(value: Any) -> str:
    if isinstance(value, int | np.integer):
        whole = int(value)
        return str(whole) if whole.bit_length() < 64 else tr("a whole number of {n} bits", n=whole.bit_length())
    if isinstance(value, complex | np.complexfloating):
        return f"{complex(value):.6g}"
    return f"{float(value):.6g}"
