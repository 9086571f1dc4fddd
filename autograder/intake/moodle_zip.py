"""Moodle: folders `Full name_participantid_assignsubmission_file[_]/…`, or flat `…_assignsubmission_file_filename`.

In blind marking the full name is `Participant`. A team's folder has the group's name and id, and those without a team
hand in as `Default group`, without an id. What was typed in is `…_assignsubmission_onlinetext/onlinetext.html`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from autograder.course.tasks import Task
from autograder.intake.files import Entry, Tree
from autograder.intake.layout import HandedFile, Layout, Student, share, top_names
from autograder.language import tr

_PART = re.compile(
    r"^(?P<name>.+?)(?:_(?P<id>\d+))?_assignsubmission_(?P<kind>file|onlinetext)(?:_(?P<original>.*))?$", re.DOTALL
)


def recognise(tree: Tree, tasks: Sequence[Task]) -> Layout | None:
    tops = top_names(tree)
    explains = share(tops, _PART.match)
    without = sorted({match["name"] for top in tops if (match := _PART.match(top)) and match["id"] is None})
    notes = tuple(
        tr(
            "{name} is Moodle's name for all who are in no team: the zip doesn't tell who they are. "
            "Give them their score.",
            name=name,
        )
        for name in without
    )
    return Layout("Moodle", _place, explains=explains, notes=notes) if explains else None


def _place(entry: Entry) -> Iterator[tuple[Student, HandedFile | None]]:
    match = _PART.match(entry.path[0])
    if match is None:
        return
    number = match["id"]
    key = match["name"] if number is None else f"{match['name']}_{number}"
    student = Student(key, match["name"], "moodle", number or "")
    own = (match["original"],) if match["original"] else ()
    yield student, HandedFile(entry, (*own, *entry.path[1:]), typed=match["kind"] == "onlinetext")
