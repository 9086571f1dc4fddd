"""Brightspace: folders `12345-67890 - Full Name - Nov 3, 2026 1015 AM/…`, or files named so, with ` - file` behind.

The first number is the student's. Each attempt has a folder of its own, the last one counts. `index.html` is the
system's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime

from autograder.course.tasks import Task
from autograder.intake.files import Entry, Tree
from autograder.intake.layout import HandedFile, Layout, Student, share, top_names

_OWN = frozenset({"index.html"})
_PART = re.compile(
    r"^(?P<user>\d+)-\d+ - (?P<name>.+?) - (?P<when>[^-]*?\d{4}[^-]*?)(?: - (?P<original>.+))?$", re.DOTALL
)
_DATES = ("%b %d, %Y %I%M %p", "%B %d, %Y %I%M %p", "%d %B, %Y %H%M", "%d %b, %Y %H%M", "%b %d, %Y %H%M")


def recognise(tree: Tree, tasks: Sequence[Task]) -> Layout | None:
    explains = share(top_names(tree) - _OWN, _PART.match)
    return Layout("Brightspace", _place, own_files=_OWN, explains=explains) if explains else None


def _place(entry: Entry) -> Iterator[tuple[Student, HandedFile | None]]:
    match = _PART.match(entry.path[0])
    if match is None:
        return
    student = Student(f"{match['name']}_{match['user']}", match["name"], "brightspace", match["user"])
    path = ((match["original"],) if match["original"] else ()) + entry.path[1:]
    wanted = path and not entry.is_folder
    yield student, HandedFile(entry, path, _moment(match["when"])) if wanted else None


def _moment(written: str) -> float:
    """When it was handed in, good for comparing alone; 0 in a language that isn't read here."""
    for form in _DATES:
        with suppress(ValueError):
            return datetime.strptime(" ".join(written.split()), form).replace(tzinfo=UTC).timestamp()
    return 0.0
