"""Canvas: `sortablename[_LATE]_userid_attachmentid_original name`, flat; anonymous `[LATE_]anon_id_attachmentid_…`.

What is handed in again comes as `name-1.py`; attachment ids grow, so the greatest is the latest. What was typed in is
`name_userid_text.html`, a link `name_userid_link.html`. Of a group's members one has the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from autograder.course.tasks import Task
from autograder.intake.files import Entry, Tree
from autograder.intake.layout import HandedFile, Layout, Student, share, top_names

_FILES = (
    re.compile(r"^(?P<late>LATE_)?(?P<name>anon)_(?P<user>\w+?)_(?P<file>\d+)_(?P<original>.+)$", re.DOTALL),
    re.compile(r"^(?P<name>[^_].*?)(?P<late>_LATE)?_(?P<user>\d+)_(?P<file>\d+)_(?P<original>.+)$", re.DOTALL),
)
_TYPED = (
    re.compile(r"^(?P<late>LATE_)?(?P<name>anon)_(?P<user>\w+?)_(?P<original>(?:text|link|media)\.html?)$", re.DOTALL),
    re.compile(
        r"^(?P<name>[^_].*?)(?P<late>_LATE)?_(?P<user>\d+)_(?P<original>(?:text|link|media)\.html?)$", re.DOTALL
    ),
)


def recognise(tree: Tree, tasks: Sequence[Task]) -> Layout | None:
    explains = share(top_names(tree), _match)
    return Layout("Canvas", _place, explains=explains) if explains else None


def _match(name: str) -> re.Match[str] | None:
    return next((match for pattern in (*_TYPED, *_FILES) if (match := pattern.match(name))), None)


def _place(entry: Entry) -> Iterator[tuple[Student, HandedFile | None]]:
    match = _match(entry.path[0])
    if match is None:
        return
    student = Student(f"{match['name']}_{match['user']}", match["name"], "canvas", match["user"])
    attachment = match.groupdict().get("file")
    path = (match["original"], *entry.path[1:])
    attempt, late = float((attachment or "0")[:30]), match["late"] is not None
    yield student, HandedFile(entry, path, attempt, late, typed=attachment is None)
