"""Whether two answers agree, and in words where they don't, without giving the right one away.

It must not know where the answers come from.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.grading.array_difference import array_difference
from autograder.grading.kinds import (
    describe,
    describe_kind,
    dtype_of,
    kind_of,
    short,
    type_name,
    with_article,
    with_fields,
)
from autograder.grading.tolerance import STANDARD, Equal, Tolerance, close
from autograder.language import decimal, later, tr, tr_n
from autograder.sandbox.handles import Behind
from autograder.sandbox.values import Fields, Items, Named, Printed, Tensor

#: Characters of a printed line that are quoted.
_LONGEST_LINE = 120
#: The values of a short answer, by their place.
_NTH = (later("the first value"), later("the second value"), later("the third value"), later("the fourth value"))


def difference(answer: Any, expected: Any, tolerance: Tolerance = STANDARD) -> str | None:
    """One clause on how `answer` differs from `expected`, or None where they agree.

    Kinds must match, then shape, dtype and values. An int counts as a float, a list as a tuple, a numpy number as a
    Python one; where a named tuple is expected, its fields count too. NaN agrees with NaN only. With `equal="strict"`
    nothing counts as another type; with "lenient" numbers are compared by value, whatever their type, and arrays, lists
    and other things with items by these.
    """
    if tolerance.equal == "lenient":
        answer, expected = _plain(answer), _plain(expected)
    kind = kind_of(expected)
    if tolerance.equal == "strict" and (name := type_name(answer)) != type_name(expected):
        return tr("its type is {type}, expected {expected}", type=name, expected=type_name(expected))
    if not _same_kind(answer, expected, tolerance.equal):
        return _another(answer, describe_kind(expected))
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
        if answer.shape != expected.shape or dtype_of(answer) != dtype_of(expected):
            return False
        values, right = (item.values if isinstance(item, Tensor) else item for item in (answer, expected))
        return bool(close(values, right, *tolerance.within(dtype_of(expected))).all())
    return difference(answer, expected, tolerance) is None


_PLAIN_ITERATORS = ("generator", "map", "filter", "zip", "enumerate", "reversed")


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


def counts_as(answer: Any, expected: Any, equal: Equal = "usual") -> bool:
    """Whether a value's type is as good as the expected one's: a list for a tuple, a numpy number for Python's."""
    if type_name(answer) == type_name(expected):
        return True
    by_class = kind_of(expected) in ("object", "items", "fields", "function")
    return equal != "strict" and not by_class and _same_kind(answer, expected, equal)


def _same_kind(answer: Any, expected: Any, equal: Equal = "usual") -> bool:
    kind, wanted = kind_of(answer), kind_of(expected)
    if equal == "lenient" and {kind, wanted} <= {"int", "float", "complex"}:
        return True
    if kind == wanted:
        return True
    if isinstance(answer, np.ndarray) and answer.shape == () and wanted in ("int", "float", "complex"):
        return _same_kind(answer[()], expected)  # numpy's 0-d array and its scalar are one thing to a caller
    return (kind, wanted) in {("int", "float"), ("int", "complex"), ("float", "complex")}


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
    return tr("it is {number}, and that is not the right number", number=decimal(short(answer)))


def _is_nan(value: complex) -> bool:
    return math.isnan(value.real) or math.isnan(value.imag)


def _sequence_difference(answer: Any, expected: Any, tolerance: Tolerance) -> str | None:
    if len(answer) != len(expected):
        return tr_n(
            "it holds {n} value, expected {expected}",
            "it holds {n} values, expected {expected}",
            len(answer),
            expected=len(expected),
        )
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


def _fields_difference(answer: Fields, expected: Fields, tolerance: Tolerance) -> str | None:
    fields, mine = ", ".join(expected.fields), ", ".join(answer.fields)
    if answer.type == expected.type and mine != fields:
        return tr("its fields are {fields}, expected {expected}", fields=mine, expected=fields)
    if answer.type != expected.type:
        return _another(answer, with_fields(expected))
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
    return tr("the {kind} {faults}", kind=kind_of(answer), faults=tr(" and ").join(parts))


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
    "array": array_difference,
    "tensor": array_difference,
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
