"""The right numbers in the wrong form: type, container, shape, dtype; or a dict without some of its keys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.grading.compare import Array, describe
from autograder.grading.explaining.behaviours.probe import Case, Claim, Probe, as_numbers, numeric_pairs


def claims(probe: Probe) -> Iterator[Claim]:
    case = probe.wrong[0]
    if not case.both_answered:
        return
    if missing := _missing(case):
        title = f"the answer lacks {', '.join(missing)}"
        text = f"It has {_keys(case.answer.value)}; expected are {_keys(case.right.value)}."
        yield Claim(title, text, lambda other: _missing(other) == missing if other.wrong else None)
    if numeric_pairs(case) is not None:
        title = "the numbers are right, but not their form"
        if (clause := _form(case)) is not None:
            title = f"the numbers are right, but they come as {clause}"
        place, answer, right = _differing(case.answer.value, case.right.value)
        text = f"The numbers are right. But {place}{describe(answer)} came back, where {describe(right)} was expected."
        yield Claim(title, text, _right_numbers)
    text = "Its entries are the right ones, in their order, but in another shape."
    yield Claim("the entries are right, but the shape is not", text, _right_entries)


def _missing(case: Case) -> list[str]:
    """Return the keys that a dict of the answer should have, and hasn't."""
    answer, right = case.answer.value, case.right.value
    if not (case.both_answered and isinstance(answer, dict) and isinstance(right, dict)):
        return []
    return [f"{key!r}" for key in right if key not in answer]


def _keys(values: dict[Any, Any]) -> str:
    return f"the keys {', '.join(map(repr, values))}" if values else "no keys"


def _form(case: Case) -> str | None:
    kind = type(case.answer.value).__name__
    if kind != type(case.right.value).__name__:
        return {"list": "a list", "tuple": "a tuple", "ndarray": "a numpy array", "Tensor": "a tensor"}.get(kind)
    dtype = getattr(case.answer.value, "dtype", None)
    return None if dtype is None else f"{dtype}"


def _differing(answer: Any, right: Any) -> tuple[str, Any, Any]:
    """Return where two values have another form, in words, and what stands there."""
    if describe(answer) != describe(right):
        return "", answer, right
    pairs: list[tuple[str, Any, Any]] = []
    if isinstance(answer, dict) and isinstance(right, dict):
        pairs = [(f"under {name!r} ", answer[name], right[name]) for name in right if name in answer]
    elif isinstance(answer, list | tuple) and isinstance(right, list | tuple):
        pairs = [(f"as part {k} ", *pair) for k, pair in enumerate(zip(answer, right, strict=False), 1)]
    for place, *pair in pairs:
        inside, *found = _differing(*pair)
        if describe(found[0]) != describe(found[1]):
            return f"{place}{inside}", found[0], found[1]
    return "", answer, right


def _right_numbers(case: Case) -> bool | None:
    if not case.wrong:
        return None
    pairs = numeric_pairs(case) if not case.right_but_for_side_effects else None
    return pairs is not None and all(pair.agrees for pair in pairs)


def _right_entries(case: Case) -> bool | None:
    if not case.wrong:
        return None
    answer, right = as_numbers(case.answer.value), as_numbers(case.right.value)
    if answer is None or right is None or answer.size != right.size or answer.shape == right.shape:
        return False
    return _exactly(answer.ravel(), right.ravel(), 1e-6, 1e-9)


def _exactly(answer: Array, right: Array, relative: float, absolute: float) -> bool:
    if answer.shape != right.shape:
        return False
    return bool(np.isclose(answer, right, rtol=relative, atol=absolute, equal_nan=True).all())
