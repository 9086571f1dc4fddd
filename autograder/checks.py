"""What the author of a check imports: `from autograder.checks import points, tensor, …`.

A check is a pytest function with the fixtures `agree`, `submission`, `reference` and `rng`. This module must stay free
of pytest and of all that grades.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from autograder.language import tr
from autograder.sandbox.failures import ProgramError, ProgramFailure
from autograder.sandbox.module import input_gradients, module
from autograder.sandbox.values import Tensor, tensor

Check = TypeVar("Check", bound=Callable[..., None])


@dataclass(frozen=True)
class Axes:
    """Asks `agree` to draw the answer beside the reference's, over the steps and on a logarithmic scale.

    The answer is a 1-D array or tensor of positive numbers, or a dict of such: one curve for each of its keys. The
    student sees the reference's curve, so choose this for measurements, not for what a figure would give away. `title`
    is Markdown with LaTeX, `x` and `y` name the axes in LaTeX or words; `first` is the step of the first entry.
    """

    title: str
    x: str
    y: str
    first: int = 0


@dataclass(frozen=True)
class Mark:
    """What `points` says of a check."""

    points: float
    hint: str | None = None
    show: bool = False
    after: tuple[str, ...] = ()
    extra: bool = False


def points(
    points: float,
    *,
    hint: str | None = None,
    show: bool = False,
    after: str | Sequence[str] = (),
    extra: bool = False,
) -> Callable[[Check], Check]:
    """What a check is worth; a hint (Markdown) for who fails it; `show`: they may see inputs and expected value.

    `after`: ids of checks above it; unless all of them pass, it isn't run. `extra`: its points make up for others that
    are lost, and are no part of what the exercise is worth.
    """
    names = (after,) if isinstance(after, str) else tuple(after)

    def mark(check: Check) -> Check:
        check.__gradecheck__ = Mark(float(points), hint, show, names, extra)  # type: ignore[attr-defined]
        return check

    return mark


def foretold(change: float, gradients: Mapping[str, npt.NDArray[Any]], steps: Mapping[str, npt.NDArray[Any]]) -> bool:
    """Whether the gradients by parameters foretell the `change` from all parameters minus to all plus their `steps`.

    Raises AssertionError with the names of the parameters that no gradient reaches.
    """
    unreached = [name for name in steps if not gradients[name].any()]
    assert not unreached, tr(
        "No gradient reaches {names}: the cell doesn't use it, it asks for none, or the graph is cut on the way.",
        names=", ".join(unreached),
    )
    expected = 2 * sum(np.sum(gradients[name] * steps[name]) for name in steps)
    return bool(np.isclose(expected, change, rtol=1e-4, atol=1e-12))


__all__ = [
    "Axes",
    "Mark",
    "ProgramError",
    "ProgramFailure",
    "Tensor",
    "foretold",
    "input_gradients",
    "module",
    "points",
    "tensor",
]
