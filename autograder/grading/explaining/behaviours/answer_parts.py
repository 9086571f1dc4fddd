"""The parts of an answer: the entries of a dict, the places of a tuple. It must not know what is in them."""

from __future__ import annotations

from typing import Any

from autograder.grading.compare import alike, nth
from autograder.grading.explaining.behaviours.claim import Case


def parts_of(value: Any) -> dict[str, Any]:
    """The parts of an answer that have a name, or at least a place."""
    if isinstance(value, dict):
        return {f"`{name}`": part for name, part in value.items()}
    if isinstance(value, tuple):
        return {nth(number, len(value)): part for number, part in enumerate(value)}
    return {}


def named_parts(value: Any) -> dict[str, Any]:
    """The parts of an answer; the answer itself, without a name, where it has none."""
    return parts_of(value) or {"": value}


def with_part(value: Any, name: str, part: Any) -> Any:
    """An answer with another part in the place of one."""
    parts = {**parts_of(value), name: part}
    if isinstance(value, dict):
        return dict(zip(value, parts.values(), strict=True))
    return type(value)(parts.values()) if isinstance(value, tuple) else part


def are_alike(case: Case, answer: Any, right: Any) -> bool:
    """Whether a part of an answer is right, form and all."""
    return alike(answer, right, case.asked.tolerance)
