"""nbgrader: `submitted/student/assignment/…`; the course's folder may be named, or `submitted` itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from autograder.course.tasks import Task
from autograder.intake.files import Entry, Tree
from autograder.intake.layout import HandedFile, Layout, Student, share, top_names

_FOLDER = "submitted"
#: What lies beside it in a course's own folder.
_COURSE = frozenset({"source", "release", "autograded", "feedback", "exchange", "gradebook.db", "nbgrader_config.py"})


def recognise(tree: Tree, tasks: Sequence[Task]) -> Layout | None:
    above = any(entry.path[0] == _FOLDER and entry.is_folder for entry in tree.entries) or any(
        entry.path[0] == _FOLDER and len(entry.path) > 1 for entry in tree.entries
    )
    tops = top_names(tree)
    explains = share(tops - _COURSE, lambda top: top == _FOLDER) if above else _stamped(tree, tops)
    if not explains:
        return None

    def place(entry: Entry) -> Iterator[tuple[Student, HandedFile | None]]:
        path = entry.path[1:] if above and entry.path[0] == _FOLDER else () if above else entry.path
        if path and (len(path) > 1 or entry.is_folder):
            handed = HandedFile(entry, path[1:], depth=1) if len(path) > 2 else None
            yield Student(path[0], path[0], "nbgrader", path[0]), handed

    return Layout("nbgrader", place, explains=explains)


def _stamped(tree: Tree, tops: set[str]) -> float:
    """The share of students with a `timestamp.txt`, which nbgrader writes into every submission that it collects."""
    if tree.name == _FOLDER:
        return 1.0
    stamped = {entry.path[0] for entry in tree.entries if entry.path[2:] == ("timestamp.txt",)}
    return 0.9 * share(tops, stamped.__contains__)  # Sakai writes such a file too
