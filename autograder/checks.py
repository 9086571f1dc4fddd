"""What the author of a check imports: `from autograder.checks import points, tensor, …`.

A check is a pytest function with the fixtures `agree`, `submission`, `reference` and `rng`. This module must stay free
of pytest and of all that grades.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from autograder.sandbox.failures import ProgramError, ProgramFailure
from autograder.sandbox.program import set_parameters, state_gradient
from autograder.sandbox.values import Tensor, tensor

Check = TypeVar("Check", bound=Callable[..., None])


@dataclass(frozen=True)
class Mark:
    """What `points` says of a check."""

    points: float
    hint: str | None = None
    show: bool = False


def points(points: float, *, hint: str | None = None, show: bool = False) -> Callable[[Check], Check]:
    """What a check is worth; a hint (Markdown) for who fails it; `show`: they may see inputs and expected value."""

    def mark(check: Check) -> Check:
        check.__gradecheck__ = Mark(float(points), hint, show)  # type: ignore[attr-defined]
        return check

    return mark


__all__ = [
    "Mark",
    "ProgramError",
    "ProgramFailure",
    "Tensor",
    "points",
    "set_parameters",
    "state_gradient",
    "tensor",
]
