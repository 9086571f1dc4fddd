"""What Git leaves in a file where two versions couldn't be merged: where it begins, and what to do."""

from __future__ import annotations

import re

from autograder.language import tr

_BEGINS = re.compile(r"^<{7}(?: .*)?\r?$", re.MULTILINE)
_ENDS = re.compile(r"^>{7}(?: .*)?\r?$", re.MULTILINE)
_MARK = re.compile(r"(?:<{7}|>{7}|={7}|\|{7})(?: .*)?\s*")


def first_line(text: str) -> int:
    """The line at which the first conflict begins; 0 where there is none from beginning to end."""
    begins = _BEGINS.search(text)
    return text.count("\n", 0, begins.start()) + 1 if begins and _ENDS.search(text, begins.end()) else 0


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
