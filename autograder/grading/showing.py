"""Inputs, answer and expected value in words, for the checks whose author lets the student see them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

import msgspec
import numpy as np

from autograder.grading.asking import Outcome
from autograder.grading.report import CheckResult
from autograder.language import tr
from autograder.sandbox.handles import Behind, is_iterator
from autograder.sandbox.values import Fields, Items, Named, Printed, Tensor

_MAX_SHOWN = 1500
_MAX_ITEMS = 20
#: An array of more entries is shown without its middle.
_MAX_ENTRIES = 60
#: Of two such arrays, so many entries are shown beside one another.
_MAX_APART = 5


@dataclass(frozen=True)
class Case:
    """What stands under a message: the lines that tell what was asked, and those that tell what came of it.

    `message` takes the place of the check's own where something else was asked: the numbers in it are of this call.
    """

    asked: str
    came: str
    message: str = ""

    @property
    def text(self) -> str:
        return self.asked + self.came


def with_case(result: CheckResult, case: Case) -> CheckResult:
    """Return a result whose message ends with a case."""
    message = case.message or result.message
    parts = {"question": len(message), "answer": len(message) + len(case.asked)}
    return msgspec.structs.replace(result, message=message + case.text, **parts)


def describe_call(
    arguments: Sequence[Any], keywords: Mapping[str, Any], parameters: Sequence[str], outcome: Outcome, right: Outcome
) -> Case:
    """Return what to put under a message. `parameters` names the positional arguments, as far as they are known."""
    named = [*zip_longest(parameters[: len(arguments)], arguments), *keywords.items()]
    listed = [_line(f"{name} = " if name else "", value) for name, value in named]
    called = f"{tr('called with')}: {', '.join(listed)}"
    if any("\n" in text for text in listed):
        called = f"{tr('called with')}:" + "".join(f"\n{text}" for text in listed)
    return Case(_lines([called] if named else []), _lines(_came(outcome, right)))


def _came(outcome: Outcome, right: Outcome) -> list[str]:
    """What came and what was expected; with types and all digits where without them the two would look alike."""
    if apart := _apart(_array(outcome), _array(right)):
        return [tr("The entries that differ most:"), *apart]
    exact = _outcome("", outcome) == _outcome("", right) and _outcome("", outcome, True) != _outcome("", right, True)
    return [_outcome(f"{tr('it gave')}: ", outcome, exact), _outcome(f"{tr('expected')}: ", right, exact)]


def _array(outcome: Outcome) -> Any:
    value = outcome.value.values if isinstance(outcome.value, Tensor) else outcome.value
    return value if outcome.failure is None and isinstance(value, np.ndarray) and value.dtype.kind in "biufc" else None


def _apart(values: Any, right: Any) -> list[str]:
    """The entries of two large arrays that differ most, a line each: what is left out of their middle can be them."""
    if values is None or right is None or values.shape != right.shape or values.size <= _MAX_ENTRIES:
        return []
    with np.errstate(all="ignore"):
        gaps = np.abs(values.astype(complex) - right.astype(complex)).ravel()
    gaps[np.isnan(gaps)] = np.inf
    gaps[((values == right) | (np.isnan(values) & np.isnan(right))).ravel()] = 0  # also where both are infinite
    lines = []
    for place in sorted(np.argsort(-gaps, kind="stable")[:_MAX_APART]):
        index = np.unravel_index(place, values.shape)
        given, wanted = _told_apart(values[index].item(), right[index].item())
        if given != wanted:
            lines.append(f"  [{', '.join(map(str, index))}]: {tr('it gave')} {given}, {tr('expected')} {wanted}")
    return lines


def _told_apart(given: Any, wanted: Any) -> tuple[str, str]:
    """Write two numbers with six digits, or with twelve where they would look alike."""
    short, long = (
        [f"{each:.{digits}g}" if isinstance(each, float | complex) else str(each) for each in (given, wanted)]
        for digits in (6, 12)
    )
    given, wanted = long if short[0] == short[1] else short
    return given, wanted


def _lines(lines: Sequence[str]) -> str:
    return "".join(f"\n{line[:_MAX_SHOWN]}" for line in lines)


def _outcome(heading: str, outcome: Outcome, exact: bool = False) -> str:
    return _line(heading, outcome.value, exact) if outcome.failure is None else f"{heading}{outcome.failure}"


def _line(heading: str, value: Any, exact: bool = False) -> str:
    """A value after its heading; the rows of a matrix stand below one another."""
    return heading + _written(value, " " * len(heading), exact)


def _has_length(value: Any) -> bool:
    return isinstance(value, np.ndarray | Tensor | list | tuple | dict)


def _written(value: Any, before: str = "", exact: bool = False) -> str:
    """`before` is as long as what stands before it on its line. `exact`: with numpy's types, and with all digits."""
    if isinstance(value, Tensor):
        return f"tensor({_written(value.values, f'{before}tensor(', exact)})"
    if isinstance(value, np.ndarray):
        digits = 17 if exact else 6
        text = np.array2string(value, precision=digits, separator=", ", threshold=_MAX_ENTRIES, prefix=before)
        text = f"{text}, dtype={value.dtype.name}" if exact else text
        return text if "\n" in text else re.sub(r"(?<=[\[ ]) +| +(?=[,\]])", "", text)  # nothing to stand below
    if isinstance(value, np.generic):
        return f"{type(value).__name__}({value.item()!r})" if exact else _written(value.item())
    if isinstance(value, Behind):
        return tr("an object")
    if is_iterator(value):
        return tr("an iterator")
    if isinstance(value, Printed):
        return repr(value.text)
    if isinstance(value, Items):
        return tr("{type} of {items}", type=value.type, items=_written(value.items, exact=exact))
    if isinstance(value, Fields | Named):
        pairs = value.fields if isinstance(value, Fields) else dict(zip(value._fields, value, strict=True))
        name = value.type if isinstance(value, Fields) else value._type
        inside = ", ".join(f"{key}={_written(item, exact=exact)}" for key, item in [*pairs.items()][:_MAX_ITEMS])
        return f"{name}({inside})"
    if callable(value):
        name = getattr(value, "__name__", "")
        said = tr("the type {name}", name=name) if isinstance(value, type) else tr("the function {name}", name=name)
        return said.rstrip()
    if isinstance(value, list | tuple):
        inside = ", ".join(_written(item, exact=exact) for item in value[:_MAX_ITEMS])
        return f"[{inside}]" if isinstance(value, list) else f"({inside})"
    if isinstance(value, dict):
        keys = [f"{key!r}: " for key in [*value][:_MAX_ITEMS]]
        items = [
            key + _written(item, f"{before} {key}", exact) for key, item in zip(keys, value.values(), strict=False)
        ]
        apart = ",\n" + f"{before} " if before and any(map(_has_length, value.values())) else ", "
        return "{" + apart.join(items) + "}"
    if isinstance(value, float) and not exact:
        return min(repr(value), repr(float(f"{value:.12g}")), key=len)  # 0.729, where 0.9**3 is 0.7290000000000001
    return repr(value)[:_MAX_SHOWN]
