"""Moodle: folders `Full name_participantid_assignsubmission_file[_]/…`, or flat `…_assignsubmission_file_filename`.

In blind marking the full name is `Participant`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from autograder.course.tasks import Task
from autograder.intake.files import Entry, Tree
from autograder.intake.layout import HandedFile, Layout, Student

_PART = re.compile(
    r"^(?P<name>.+)_(?P<id>\d+)_assignsubmission_(?P<kind>file|onlinetext)(?:_(?P<original>.*))?$", re.DOTALL
)


def recognise(tree: Tree, tasks: Sequence[Task]) -> Layout | None:
    tops = {entry.path[0] for entry in tree.entries}
    ours = sum(_PART.match(top) is not None for top in tops)
    return Layout("Moodle", _place) if ours * 2 > len(tops) else None


def _place(entry: Entry) -> Iterator[tuple[Student, HandedFile | None]]:
    match = _PART.match(entry.path[0])
    if match is None:
        return
    student = Student(f"{match['name']}_{match['id']}", match["name"], "moodle", match["id"])
    own = (match["original"],) if match["original"] else ()
    path = (*own, *entry.path[1:])
    wanted = match["kind"] == "file" and path and not entry.is_folder
    yield student, HandedFile(entry, path) if wanted else None
