"""Data that crosses the wall as a text: bytes, fractions, decimal numbers, dates, and what is built in by its name.

Both sides of the wall read and write it. What is read may be a stranger's: a text of a few characters must not become
a number that takes all memory.
"""

from __future__ import annotations

import builtins
import re
import sys
import types
from typing import Any

from autograder.sandbox.wire import MAX_BITS, MAX_TEXT, CannotCross, WireError, WrittenNode

#: The kind of Python's own types and functions: `int`, `print`. They go to a program only, where it uses its own; the
#: judge takes none from there: to call what came back would be to call `exec`.
BUILT_IN = "builtin"
#: What is written as a text, by its class's name, and where the class is.
_MODULES = {
    "Fraction": "fractions", "Decimal": "decimal", "date": "datetime", "time": "datetime", "datetime": "datetime",
    "timedelta": "datetime",
}  # fmt: skip
_FRACTION = re.compile(r"-?\d{1,310}/\d{1,310}")
_DECIMAL = re.compile(r"-?(\d{1,310}(\.\d{1,310})?(E[+-]?\d{1,3})?|NaN|Infinity)")
_DAYS = re.compile(r"-?\d{1,9},\d{1,5},\d{1,6}")
_LONGEST = 64


def kind_of(value: Any) -> str:
    """Return how a value is written; empty for what crosses otherwise, or not at all."""
    kind = type(value)
    if kind is bytes or kind is bytearray:
        return str(kind.__name__)
    if isinstance(value, type | types.BuiltinFunctionType):
        return BUILT_IN if getattr(builtins, value.__name__, None) is value else ""
    module = _MODULES.get(kind.__name__)
    known = sys.modules.get(module) if module else None
    return kind.__name__ if known is not None and getattr(known, kind.__name__) is kind else ""


def write(kind: str, value: Any) -> WrittenNode:
    """Return the node of a value of this kind. Raises CannotCross for what is too large."""
    if kind == BUILT_IN:
        return WrittenNode(kind, value.__name__)
    if kind in ("bytes", "bytearray"):
        text = bytes(value).decode("latin-1")
        if len(text) > MAX_TEXT:
            raise CannotCross("bytes", size=len(text), most=MAX_TEXT)
        return WrittenNode(kind, text)
    if kind == "Fraction":
        text = f"{value.numerator}/{value.denominator}" if max(map(_bits, value.as_integer_ratio())) <= MAX_BITS else ""
    elif kind == "timedelta":
        text = f"{value.days},{value.seconds},{value.microseconds}"
    else:
        text = str(value) if kind == "Decimal" else value.isoformat()
    node = WrittenNode(kind, text)
    try:
        read(node)
    except WireError:
        raise CannotCross("written", type=kind) from None
    return node


def read(node: WrittenNode) -> Any:
    """Return the value of a node. Raises WireError for what no such value is written as."""
    kind, text = node.kind, node.text
    try:
        if kind == BUILT_IN:
            return getattr(builtins, text)
        if kind in ("bytes", "bytearray"):
            return getattr(builtins, kind)(text.encode("latin-1"))
        if kind == "Fraction" and _FRACTION.fullmatch(text):
            import fractions

            return fractions.Fraction(text)
        if kind == "Decimal" and _DECIMAL.fullmatch(text):
            import decimal

            return decimal.Decimal(text)
        if kind == "timedelta" and _DAYS.fullmatch(text):
            import datetime

            return datetime.timedelta(*map(int, text.split(",")))
        if kind in ("date", "time", "datetime") and len(text) <= _LONGEST:
            import datetime

            return getattr(datetime, kind).fromisoformat(text)
    except (ValueError, ArithmeticError, AttributeError):
        pass
    raise WireError(f"a {kind[:40]} that isn't one")


def _bits(number: int) -> int:
    return number.bit_length()
