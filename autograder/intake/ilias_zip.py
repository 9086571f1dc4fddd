"""ILIAS: folders `Last_First_login_1234/…`, the number is ILIAS's own for the student.

Blanks become `_` too, and logins can hold one: where there are more parts, the login takes what is no particle's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from autograder.course.tasks import Task
from autograder.intake.files import Entry, Tree
from autograder.intake.layout import HandedFile, Layout, Student, share, top_folders

#: What stands before a surname, in small letters.
_PARTICLE = "af|al|av|bin|da|de|del|della|den|der|di|do|dos|du|el|ibn|la|le|ten|ter|van|vom|von|zu|zum|zur"
_FOLDER = re.compile(rf"^(?P<last>(?:(?:{_PARTICLE})_)*[^_]+)_(?P<first>[^_]+)_(?P<login>.+)_(?P<id>\d+)$", re.DOTALL)
#: Files that ILIAS puts beside the folders.
_OWN = frozenset({"status.csv", "excel.xlsx", "submissions.csv", "status.xlsx"})


def recognise(tree: Tree, tasks: Sequence[Task]) -> Layout | None:
    explains = share(top_folders(tree), _FOLDER.match)
    return Layout("ILIAS", _place, own_files=_OWN, explains=explains) if explains else None


def _place(entry: Entry) -> Iterator[tuple[Student, HandedFile | None]]:
    match = _FOLDER.match(entry.path[0])
    if match is None or (len(entry.path) == 1 and not entry.is_folder):
        return
    student = Student(match["login"], f"{match['first']} {match['last'].replace('_', ' ')}", "ilias", match["id"])
    yield student, HandedFile(entry, entry.path[1:])
