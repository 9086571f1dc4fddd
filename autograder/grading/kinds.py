"""What kind of value an answer is, and a value in a few words, without giving more than one number of it away.

It must not know which value is the right one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import numpy as np

from autograder.language import tr
from autograder.sandbox.handles import Behind, Handle
from autograder.sandbox.values import Fields, Items, Named, Printed, Tensor, dtype_name


def describe(value: Any) -> str:
    """A value in a few words: what it is, and how large, but no more than one number of it."""
    kind = kind_of(value)
    if kind == "array":
        return tr("an array of shape {shape} and dtype {dtype}", shape=shape_in_words(value), dtype=dtype_of(value))
    if kind == "tensor":
        return tr("a tensor of shape {shape} and dtype {dtype}", shape=shape_in_words(value), dtype=dtype_of(value))
    if isinstance(value, Named):
        return tr("a named tuple of the type {type}", type=value._type)
    if kind in ("sequence", "set", "frozenset"):
        return tr("a {type} of {n}", type=type(value).__name__, n=len(value))
    if kind == "dict":
        keys = ", ".join(str(key)[:40] for key in list(value)[:12])
        return tr("a dict with the keys {keys}", keys=keys or tr("(none)"))
    if kind == "text":
        return tr("the text {text!r}", text=value[:80])
    if kind in ("bytes", "bytearray"):
        return tr("the {kind} {value}", kind=kind, value=repr(bytes(value[:40])))
    if kind in WRITTEN:
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
    written = short(value)
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


def kind_of(value: Any) -> str:
    """What a value is, in a word; a subclass counts as what it derives from, and numpy's numbers as Python's."""
    return _kind(type(value))  # type: ignore[arg-type]  # every type can be a key, whatever its values are


@lru_cache(maxsize=256)
def _kind(its_type: type[Any]) -> str:
    found = next((name for types, name in _KINDS if issubclass(its_type, types)), "")
    if found:
        return found
    if issubclass(its_type, Behind):
        return "object"
    name = its_type.__name__
    if name in WRITTEN:
        return name
    return "function" if any("__call__" in vars(base) for base in its_type.__mro__) else "object"


_KINDS: tuple[tuple[Any, str], ...] = (
    (type(None), "None"), ((bool, np.bool_), "bool"), ((int, np.integer), "int"), ((float, np.floating), "float"),
    ((complex, np.complexfloating), "complex"), (str, "text"), (np.ndarray, "array"), (Tensor, "tensor"),
    ((list, tuple), "sequence"), (dict, "dict"), (set, "set"), (frozenset, "frozenset"), (bytes, "bytes"),
    (bytearray, "bytearray"), (Items, "items"), (Fields, "fields"), (Printed, "printed"), (type, "type"),
)  # fmt: skip
#: Kinds that are named as their class is, and compared by `==`.
WRITTEN = ("Fraction", "Decimal", "date", "time", "datetime", "timedelta")


def with_article(name: str) -> str:
    """A name with the article that stands before it."""
    return tr("an {kind}", kind=name) if name[:1] in "aeiouAEIOU" else tr("a {kind}", kind=name)


def type_name(value: Any) -> str:
    """What a value's type is called, behind the wall too."""
    if isinstance(value, Handle | Named):
        return value._type
    if isinstance(value, Items | Fields):
        return value.type
    return "function" if kind_of(value) == "function" else type(value).__name__


def describe_kind(expected: Any) -> str:
    """What kind of value is expected, in words that give none of it away."""
    kind = kind_of(expected)
    if kind in ("array", "tensor"):
        return describe(expected)
    if kind == "sequence":
        return tr("a list or tuple of {n}", n=len(expected))
    if kind == "items":
        return with_article(expected.type)
    if kind == "fields":
        return with_fields(expected)
    return kind if kind == "None" else with_article(kind)


def with_fields(value: Fields) -> str:
    """The type of an object and the names of its fields."""
    return tr("{type} with the fields {fields}", type=with_article(value.type), fields=", ".join(value.fields))


def dtype_of(value: Any) -> str:
    """The dtype of an array or a tensor, by its name."""
    return value.dtype if isinstance(value, Tensor) else dtype_name(value.dtype)


def shape_in_words(value: Any) -> str:
    """The shape of an array or a tensor, as Python writes it."""
    return str(tuple(map(int, value.shape)))


def short(value: Any) -> str:
    """A number with six digits; a whole one in full, unless it is a long one."""
    if isinstance(value, int | np.integer):
        whole = int(value)
        return str(whole) if whole.bit_length() < 64 else tr("a whole number of {n} bits", n=whole.bit_length())
    if isinstance(value, complex | np.complexfloating):
        return f"{complex(value):.6g}"
    return f"{float(value):.6g}"
