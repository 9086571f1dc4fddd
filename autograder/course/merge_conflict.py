"""What Git leaves in a file where two versions couldn't be merged: where it begins, and what to do."""

from __future__ import annotations

import re
from pathlib import Path

from autograder.course.problems import Problem
from autograder.language import tr

_BEGINS = re.compile(r"^<{7}(?: .*)?\r?$", re.MULTILINE)
_ENDS = re.compile(r"^>{7}(?: .*)?\r?$", re.MULTILINE)
_MARK = re.compile(r"(?:<{7}|>{7}|={7}|\|{7})(?: .*)?\s*")


def first_line(text: str, stopped: int = 0) -> int:
    """The line at which the first conflict begins; 0 where there is none from beginning to end.

    `stopped`: the line at which reading did. A conflict that ends above it stands in quotes, and is none.
    """
    at = 0
    while (begins := _BEGINS.search(text, at)) and (ends := _ENDS.search(text, begins.end())):
        if text.count("\n", 0, ends.start()) + 1 >= stopped:
            return text.count("\n", 0, begins.start()) + 1
        at = ends.end()
    return 0


def problem(path: Path, text: str, stopped: int = 0) -> Problem | None:
    """The problem of an authored file in which there is a conflict; None if there is none. See `first_line`."""
    begins = first_line(text, stopped)
    return Problem(path, begins, told(tr("line {line}", line=begins))) if begins else None


def is_mark(line: str) -> bool:
    """Whether a line is one of the marks around a conflict."""
    return _MARK.fullmatch(line) is not None


def told(place: str) -> str:
    """What to do about a conflict that begins at a place, in words."""
    return tr(
        "A merge conflict of Git begins at {place}: keep one of its two versions, and delete the lines that begin with"
        " <<<<<<<, ======= and >>>>>>>.",
        place=place,
    )
