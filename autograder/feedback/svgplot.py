"""A figure's scales, ticks, lines and words, for whoever draws it: as SVG in a page, or as characters on a terminal.

Places are in a unit square: x to the right with the steps, y upward with the logarithm. It must not know pages.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING

from autograder.feedback import mathematics
from autograder.language import decimal, power_of_ten, tr

if TYPE_CHECKING:
    from autograder.grading.report import Curve, Figure

_MOST_TICKS = 7
_ALIKE = 2e-3  # relative: two curves this close are one to the eye

Point = tuple[float, float]


@dataclass(frozen=True)
class Tick:
    """A place on an axis and what stands there."""

    at: float
    label: str


@dataclass(frozen=True)
class Line:
    """One curve as it is drawn: its points, in pieces where numbers are missing between."""

    name: str
    pieces: list[list[Point]]

    @property
    def points(self) -> list[Point]:
        return [point for piece in self.pieces for point in piece]


@dataclass(frozen=True)
class Plot:
    """All that is drawn: the ticks, and for each curve of the figure the submission's line and the reference's."""

    x_ticks: list[Tick]
    y_ticks: list[Tick]
    pairs: list[tuple[Line, Line]]


def plot(figure: Figure) -> Plot:
    """Lay out a figure."""
    steps = max(len(values) for curve in figure.curves for values in (curve.yours, curve.reference))
    low, high = _decades(value for curve in figure.curves for value in (*curve.yours, *curve.reference))

    def line(curve: Curve, values: Sequence[float | None]) -> Line:
        places = [
            None if value is None else (k / max(1, steps - 1), (math.log10(value) - low) / (high - low))
            for k, value in enumerate(values)
        ]
        pieces = [[place for place in piece if place] for there, piece in groupby(places, key=bool) if there]
        return Line(curve.name, pieces)

    return Plot(
        [Tick((step - figure.first) / max(1, steps - 1), str(step)) for step in _steps(figure.first, steps)],
        [Tick((decade - low) / (high - low), power_of_ten(decade)) for decade in _ticks(low, high)],
        [(line(curve, curve.yours), line(curve, curve.reference)) for curve in figure.curves],
    )


def describe(figure: Figure) -> str:
    """Say in a sentence for each curve what the figure shows."""
    said = [_describe_curve(figure, curve) for curve in figure.curves]
    missing = {
        "yours": sum(curve.yours.count(None) for curve in figure.curves),
        "reference": sum(curve.reference.count(None) for curve in figure.curves),
    }
    if any(missing.values()):
        said += [
            tr(
                "A logarithmic axis has room for positive numbers alone. Numbers that aren't drawn: {yours} of yours, "
                "{reference} of the reference's.",
                **missing,
            )
        ]
    return " ".join(said)


@dataclass(frozen=True)
class Row:
    """A step, and the numbers of all curves at it: the submission's, then the reference's, curve by curve."""

    step: int
    numbers: list[str]


def rows(figure: Figure) -> list[Row]:
    """Write a figure's numbers as a table."""
    columns = [values for curve in figure.curves for values in (curve.yours, curve.reference)]
    by_step = zip_longest(*columns)
    return [Row(step, [number(value) for value in values]) for step, values in enumerate(by_step, figure.first)]


def number(value: float | None) -> str:
    """Write a measured number with three digits: 0.0123, 1.2·10⁻⁵; a dash where there is none."""
    if value is None:
        return "–"
    mantissa, _, exponent = f"{value:.2e}".partition("e")
    if -3 <= int(exponent) <= 3:
        return decimal(f"{float(f'{value:.2e}'):g}")  # 1570, where .3g alone would write 1.57e+03
    return f"{decimal(f'{float(mantissa):g}')}·{power_of_ten(int(exponent))}"


def _describe_curve(figure: Figure, curve: Curve) -> str:
    name = f"{curve.name}: " if curve.name else ""
    if _alike(curve):
        said = tr("yours and the reference's are the same, {span}.", span=_span(figure, curve.reference))
    else:
        spans = {"yours": _span(figure, curve.yours), "reference": _span(figure, curve.reference)}
        said = tr("yours goes {yours}; the reference's goes {reference}.", **spans)
    return name + said if name else said[:1].upper() + said[1:]


def _alike(curve: Curve) -> bool:
    if len(curve.yours) != len(curve.reference):
        return False
    pairs = zip(curve.yours, curve.reference, strict=True)
    return all(a is b if a is None or b is None else math.isclose(a, b, rel_tol=_ALIKE) for a, b in pairs)


def _span(figure: Figure, values: Sequence[float | None]) -> str:
    there = [(step, value) for step, value in enumerate(values, figure.first) if value is not None]
    if not there:
        return tr("nowhere, for it has no positive number")
    (first, start), (last, end) = there[0], there[-1]
    ends = {"start": number(start), "first": _at(figure, first), "end": number(end), "last": _at(figure, last)}
    return tr("from {start} at {first} to {end} at {last}", **ends)


def _at(figure: Figure, place: int) -> str:
    """Name a place on the axis by the axis' own label: epoch 3, t = 3."""
    equals = "= " if "$" in figure.x else ""
    return f"{mathematics.to_unicode(figure.x)} {equals}{place}"


def _decades(values: Iterable[float | None]) -> tuple[int, int]:
    """The powers of ten that enclose all values, one apart at least."""
    logarithms = [math.log10(value) for value in values if value is not None]
    low, high = math.floor(min(logarithms)), math.ceil(max(logarithms))
    return low, max(high, low + 1)


def _ticks(low: int, high: int) -> range:
    return range(low, high + 1, math.ceil((high - low + 1) / _MOST_TICKS))


def _steps(first: int, count: int) -> list[int]:
    """The first step, and round ones after it."""
    apart = next((each for each in (1, 2, 5, 10, 20, 50) if count / each <= _MOST_TICKS), 100)
    later = (step for step in range(first + 1, first + count) if step % apart == 0)
    return [first, *(step for step in later if step - first > apart / 2)]
