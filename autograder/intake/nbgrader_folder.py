"""nbgrader: `submitted/student/assignment/…`; the course's folder may be named, or `submitted` itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from autograder.course.tasks import Task
from autograder.intake.files import Entry, Tree
from autograder.intake.layout import HandedFile, Layout, Student

_FOLDER = "submitted"


def recognise(tree: Tree, tasks: Sequence[Task]) -> Layout | None:
    above = any(entry.path[0] == _FOLDER and entry.is_folder for entry in tree.entries) or any(
        entry.path[0] == _FOLDER and len(entry.path) > 1 for entry in tree.entries
    )
    if not above and tree.name != _FOLDER and not _stamped(tree):
        return None

    def place(entry: Entry) -> Iterator[tuple[Student, HandedFile | None]]:
        path = entry.path[1:] if above and entry.path[0] == _FOLDER else () if above else entry.path
        if path and (len(path) > 1 or entry.is_folder):
            wanted = len(path) > 2 and not entry.is_folder
            handed = HandedFile(entry, path[1:], depth=1) if wanted else None
            yield Student(path[0], path[0], "nbgrader", path[0]), handed

    return Layout("nbgrader", place)


def _stamped(tree: Tree) -> bool:
    """nbgrader writes `timestamp.txt` into every submission that it collects."""
    return any(len(entry.path) == 3 and entry.path[2] == "timestamp.txt" for entry in tree.entries)
