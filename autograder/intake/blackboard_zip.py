"""Blackboard: flat files `assignment_login_attempt_2026-12-01-10-30-00_file`, the last attempt counts.

Beside them lies a `.txt` of each attempt, in which Blackboard tells about it and keeps what was typed in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from autograder.course.tasks import Task
from autograder.intake.files import Entry, Tree
from autograder.intake.layout import HandedFile, Layout, Student, share, top_names

_FILE = re.compile(
    r"^(?P<assignment>.+?)_(?P<login>[^_]+)_attempt_(?P<when>\d{4}(?:-\d{2}){5})(?:_(?P<original>.+)|\.txt)$", re.DOTALL
)


def recognise(tree: Tree, tasks: Sequence[Task]) -> Layout | None:
    explains = share(top_names(tree), _FILE.match)
    return Layout("Blackboard", _place, explains=explains) if explains else None


def _place(entry: Entry) -> Iterator[tuple[Student, HandedFile | None]]:
    match = _FILE.match(entry.path[0])
    if match is None:
        return
    student = Student(match["login"], match["login"], "blackboard", match["login"])
    attempt = float(match["when"].replace("-", ""))
    path = (match["original"] or entry.path[0], *entry.path[1:])
    yield student, HandedFile(entry, path, attempt, typed=match["original"] is None)
