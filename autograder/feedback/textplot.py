"""A figure in characters: a dozen lines that stand in a terminal, a log or a pipe, in Unicode or ASCII.

It must not know how pages wrap, nor what the curves mean.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from autograder.feedback import svgplot
from autograder.language import tr

if TYPE_CHECKING:
    from autograder.feedback.svgplot import Line
    from autograder.grading.report import Figure

_ROWS = 12
_MOST_COLUMNS = 60
# For each curve a mark of the submission's points and one of the reference's.
_MARKS = (("●", "○"), ("▲", "△"), ("■", "□"), ("◆", "◇"))
_ASCII_MARKS = (("o", "."), ("x", ":"), ("#", "-"), ("*", "'"))


def lines(figure: Figure, width: int, *, ascii: bool) -> Iterator[str]:
    """Yield the lines of a figure at most `width` characters wide, legend last."""
    plot = svgplot.plot(figure)
    margin = max(len(tick.label) for tick in plot.y_ticks) + 2  # in ASCII a power of ten is one longer: 10^-3
    columns = max(10, min(_MOST_COLUMNS, width - margin - 4))  # the last step's label ends beside the frame
    marks = [(_ASCII_MARKS if ascii else _MARKS)[k % len(_MARKS)] for k in range(len(plot.pairs))]
    grid = [[" "] * columns for _ in range(_ROWS)]
    for (_, reference), (_, mark) in zip(plot.pairs, marks, strict=True):
        _set(grid, reference, mark)
    for (yours, _), (mark, _) in zip(plot.pairs, marks, strict=True):  # last: where both agree, yours is seen
        _set(grid, yours, mark)
    labels = {_row(tick.at): tick.label for tick in plot.y_ticks}
    cross, side, corner, floor = "+|+-" if ascii else "┤│└─"
    for row, cells in enumerate(grid):
        label = labels.get(row, "")
        label = label.replace("10", "10^", 1).translate(_LOWERED) if ascii else label
        yield f"{label:>{margin}} {cross if label else side}{''.join(cells)}".rstrip()
    yield " " * (margin + 1) + corner + floor * columns
    axis = [" "] * (columns + 4)
    for tick in plot.x_ticks:
        _write(axis, round(tick.at * (columns - 1)), tick.label)
    yield (" " * (margin + 2) + "".join(axis)).rstrip()
    for (yours, _), (mine, other) in zip(plot.pairs, marks, strict=True):
        name = f"{yours.name}, " if yours.name else ""
        yield " " * (margin + 2) + f"{mine} {name}{tr('yours')}   {other} {name}{tr('reference')}"


def _row(y: float) -> int:
    return round((1 - y) * (_ROWS - 1))


def _set(grid: list[list[str]], line: Line, mark: str) -> None:
    for x, y in line.points:
        grid[_row(y)][round(x * (len(grid[0]) - 1))] = mark


def _write(axis: list[str], start: int, text: str) -> None:
    """Write a label where it touches no other."""
    if all(cell == " " for cell in axis[max(0, start - 1) : start + len(text)]):
        axis[start : start + len(text)] = text


_LOWERED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
