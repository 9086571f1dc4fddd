"""Inputs, answer and expected value in words, for the checks whose author lets the student see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any

import numpy as np

from autograder.grading.asking import Outcome
from autograder.language import tr
from autograder.sandbox.handles import Behind, is_iterator
from autograder.sandbox.values import Fields, Items, Named, Printed, Tensor

_MAX_SHOWN = 1500
_MAX_ITEMS = 20


def describe_call(
    arguments: Sequence[Any], keywords: Mapping[str, Any], parameters: Sequence[str], outcome: Outcome, right: Outcome
) -> str:
    """Lines to put under a message. `parameters` names the positional arguments, as far as their names are known."""
    named = [*zip_longest(parameters[: len(arguments)], arguments), *keywords.items()]
    listed = [_line(f"{name} = " if name else "", value) for name, value in named]
    called = f"{tr('called with')}: {', '.join(listed)}"
    if any("\n" in text for text in listed):
        called = f"{tr('called with')}:" + "".join(f"\n{text}" for text in listed)
    lines = [called] if named else []
    lines += [_outcome(f"{tr('it gave')}: ", outcome), _outcome(f"{tr('expected')}: ", right)]
    return "".join(f"\n{line[:_MAX_SHOWN]}" for line in lines)


def _outcome(heading: str, outcome: Outcome) -> str:
    return _line(heading, outcome.value) if outcome.failure is None else f"{heading}{outcome.failure}"


def _line(heading: str, value: Any) -> str:
    """A value after its heading; the rows of a matrix stand below one another."""
    return heading + _written(value, " " * len(heading))


def _written(value: Any, before: str = "") -> str:
    """`before` is as long as what stands before it on its line."""
    if isinstance(value, Tensor):
        return f"tensor({_written(value.values, f'{before}tensor(')})"
    if isinstance(value, np.ndarray):
        return np.array2string(value, precision=6, separator=", ", threshold=60, prefix=before)
    if isinstance(value, np.generic):
        return repr(value.item())
    if isinstance(value, Behind):
        return tr("an object")
    if is_iterator(value):
        return tr("an iterator")
    if isinstance(value, Printed):
        return repr(value.text)
    if isinstance(value, Items):
        return tr("{type} of {items}", type=value.type, items=_written(value.items))
    if isinstance(value, Fields | Named):
        pairs = value.fields if isinstance(value, Fields) else dict(zip(value._fields, value, strict=True))
        name = value.type if isinstance(value, Fields) else value._type
        return f"{name}({', '.join(f'{key}={_written(item)}' for key, item in [*pairs.items()][:_MAX_ITEMS])})"
    if callable(value):
        name = getattr(value, "__name__", "")
        said = tr("the type {name}", name=name) if isinstance(value, type) else tr("the function {name}", name=name)
        return said.rstrip()
    if isinstance(value, list | tuple):
        inside = ", ".join(_written(item) for item in value[:_MAX_ITEMS])
        return f"[{inside}]" if isinstance(value, list) else f"({inside})"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key!r}: {_written(item)}" for key, item in [*value.items()][:_MAX_ITEMS]) + "}"
    return repr(value)[:_MAX_SHOWN]
