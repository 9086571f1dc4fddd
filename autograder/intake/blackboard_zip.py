"""Blackboard: flat files `assignment_login_attempt_2026-12-01-10-30-00_file`, the last attempt counts.

In another language another word stands before the date: `Versuch`, `intento`, `tentative`. Beside the files lies a
`.txt` of each attempt, in which Blackboard tells about it and keeps what was typed in.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from autograder.course.tasks import Task
from autograder.intake.files import Entry, Tree
from autograder.intake.layout import HandedFile, Layout, Student, common_start, share, top_names

_FILE = re.compile(
    r"^(?P<whose>.+_[^_]+)_[^\W\d_]+_(?P<when>\d{4}(?:-\d{2}){5})(?:_(?P<original>.+)|\.txt)$", re.DOTALL
)


def recognise(tree: Tree, tasks: Sequence[Task]) -> Layout | None:
    explains = share(top_names(tree), _FILE.match)
    if not explains:
        return None
    assignment = _assignment({match["whose"] for name in top_names(tree) if (match := _FILE.match(name))})
    return Layout("Blackboard", lambda entry: _place(entry, assignment), explains=explains)


def _assignment(several: Collection[str]) -> str:
    """What all names of one assignment begin with: a login may hold underscores, as the assignment's title may."""
    return common_start(several).rpartition("_")[0] if len(several) > 1 else ""


def _place(entry: Entry, assignment: str) -> Iterator[tuple[Student, HandedFile | None]]:
    match = _FILE.match(entry.path[0])
    if match is None:
        return
    login = match["whose"].removeprefix(f"{assignment}_") if assignment else match["whose"].rpartition("_")[2]
    attempt = float(match["when"].replace("-", ""))
    path = (match["original"] or entry.path[0], *entry.path[1:])
    yield Student(login, login, "blackboard", login), HandedFile(entry, path, attempt, typed=match["original"] is None)
