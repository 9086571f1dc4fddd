"""A notebook's code cells as one text, and back: where each cell begins, and which line of it a line of the text is.

Both sides of the wall read it. It must not know how a cell is run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from autograder.several_files import parts, placed

_MARK = re.compile(r"^# ── code cell (\d{1,6}) ──$", re.MULTILINE)


class Cell(msgspec.Struct, frozen=True):
    """A code cell: its number among the code cells, the line of the text at which it begins, and what stands in it."""

    number: int
    first_line: int
    text: str


def joined(cells: Iterable[str]) -> str:
    """The text of all cells, each below a comment that gives its number, from 1."""
    return "\n".join(f"# ── code cell {number} ──\n{_lines(cell)}" for number, cell in enumerate(cells, 1)) + "\n"


def cells(text: str) -> list[Cell]:
    """The cells of such a text; none of any other program."""
    return [Cell(int(mark[1]), first_line, inside) for mark, first_line, inside in parts(text, _MARK)]


def place(text: str, line: int) -> str:
    """Where a line of a program is, in words: `line 7`, `code cell 3, line 2` in a notebook, `step.py, line 4`."""
    if (of_file := placed(text, line)) is not None:
        return f"{of_file[0]}, line {of_file[1]}"
    cell = next((cell for cell in reversed(cells(text)) if cell.first_line <= line), None)
    return f"line {line}" if cell is None else f"code cell {cell.number}, line {line - cell.first_line + 1}"


def at_start(place: str) -> str:
    """A place at the start of a sentence; a file's name stays as it is."""
    return place if ".py" in place.partition(" ")[0] else f"{place[:1].upper()}{place[1:]}"


def _lines(cell: str) -> str:
    """The cell with one kind of line break, whatever system it was written on."""
    return cell.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
