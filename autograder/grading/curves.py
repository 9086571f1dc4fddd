"""A figure from two answers: the submission's curves beside the reference's, as plain data for the report.

Answers come from strangers: whatever is no curve is left out, and a curve is cut before it gets long.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.checks import Axes
from autograder.grading.report import Curve, Figure
from autograder.sandbox.values import Tensor

_MAX_POINTS = 200
_DIGITS = 4
#: What a logarithmic axis can be asked to hold; float32's smallest numbers lie within.
_LEAST, _MOST = 1e-60, 1e60


def figure(check: str, axes: Axes, answer: Any, expected: Any) -> Figure | None:
    """The figure of one check, or None if nothing in the submission's answer can be drawn."""
    yours, right = _curves(answer), _curves(expected)
    curves = [Curve(name, yours.get(name, []), values) for name, values in right.items()]
    if not any(value is not None for curve in curves for value in curve.yours):
        return None
    return Figure(check, axes.title, axes.x, axes.y, axes.first, curves)


def _curves(answer: Any) -> dict[str, list[float | None]]:
    parts = answer if isinstance(answer, dict) else {"": answer}
    return {name: _values(part) for name, part in parts.items() if isinstance(name, str)}


def _values(answer: Any) -> list[float | None]:
    """A curve's numbers to a few digits: enough to draw them, and no key to the check."""
    array = answer.values if isinstance(answer, Tensor) else answer
    if not isinstance(array, np.ndarray) or array.ndim != 1 or array.dtype.kind not in "iuf":
        return []
    drawn = (float(value) for value in array[:_MAX_POINTS])
    return [float(f"{value:.{_DIGITS}g}") if _LEAST <= value <= _MOST else None for value in drawn]
