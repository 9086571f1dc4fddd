"""Canvas: `sortablename[_LATE]_userid_attachmentid_original name`, flat; anonymous `[LATE_]anon_id_attachmentid_…`.

What is handed in again comes as `name-1.py`; attachment ids grow, so the greatest is the latest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from autograder.course.tasks import Task
from autograder.intake.files import Entry, Tree
from autograder.intake.layout import HandedFile, Layout, Student

_NAMED = re.compile(r"^(?P<name>[^_].*?)(?P<late>_LATE)?_(?P<user>\d+)_(?P<file>\d+)_(?P<original>.+)$", re.DOTALL)
_ANONYMOUS = re.compile(r"^(?P<late>LATE_)?(?P<name>anon)_(?P<user>\w+?)_(?P<file>\d+)_(?P<original>.+)$", re.DOTALL)


def recognise(tree: Tree, tasks: Sequence[Task]) -> Layout | None:
    files = [entry for entry in tree.entries if len(entry.path) == 1 and not entry.is_folder]
    ours = sum(_match(entry.path[0]) is not None for entry in files)
    return Layout("Canvas", _place) if ours * 2 > len(files) else None


def _match(name: str) -> re.Match[str] | None:
    return _ANONYMOUS.match(name) or _NAMED.match(name)


def _place(entry: Entry) -> Iterator[tuple[Student, HandedFile | None]]:
    match = _match(entry.path[0])
    if match is None:
        return
    student = Student(f"{match['name']}_{match['user']}", match["name"], "canvas", match["user"])
    path = (match["original"], *entry.path[1:])
    yield student, HandedFile(entry, path, _number(match["file"]), late=match["late"] is not None)


def _number(digits: str) -> float:
    return float(digits[:30])
