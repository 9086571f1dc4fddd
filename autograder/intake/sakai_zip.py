"""Sakai: `Assignment/Last, First(login)/Submission attachment(s)/…`, with `timestamp.txt`, and `grades.csv` beside.

What was typed in is `Last, First(login)_submissionText.html` in the student's folder; what a teacher put there
(`Feedback Attachment(s)`, `comments.txt`) is nobody's work. Folders within a student's are called in the language of
whoever downloads: then `timestamp.txt` tells a student's. Downloaded "without folders" there is `_` in place of each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from autograder.course.tasks import Task
from autograder.intake.files import Entry, Tree
from autograder.intake.layout import HandedFile, Layout, Student, share

_STUDENT = re.compile(r"^(?P<name>.+?)\((?P<login>[^()]+)\)(?:_(?P<inside>.+))?$", re.DOTALL)
_ATTACHED, _STAMP, _TYPED = "Submission attachment(s)", "timestamp.txt", "submissionText.html"
#: What is in the name of the teacher's folder, in the languages of western Europe.
_TEACHER_S = re.compile(
    r"feed-?back|r[ée]tro|com+ent|kommentar|corre[cz]|korrekt|devolu|retorn|r[üu]ckmeld|terugkoppel", re.IGNORECASE
)
_OWN = frozenset({"grades.csv", "grades.xls", "grades.xlsx"})


def recognise(tree: Tree, tasks: Sequence[Task]) -> Layout | None:
    depth = 0 if any(_STUDENT.match(entry.path[0]) for entry in tree.entries) else 1
    found = [(entry.path[depth], _inside(entry, depth)) for entry in tree.entries if len(entry.path) > depth]
    tops = {top for top, inside in found if inside} - _OWN
    shown = any(inside[0] in (_ATTACHED, _STAMP) or inside[0].endswith(_TYPED) for _, inside in found if inside)
    explains = share(tops, _STUDENT.match) if shown else 0.0
    return Layout("Sakai", lambda entry: _place(entry, depth), own_files=_OWN, explains=explains) if explains else None


def _inside(entry: Entry, depth: int) -> tuple[str, ...]:
    """Where an entry lies within its student's folder; at the top of the assignment, where it would lie."""
    match = _STUDENT.match(entry.path[depth])
    flat = match["inside"] if match is not None else None
    return (*flat.split("_", 1), *entry.path[depth + 1 :]) if flat else entry.path[depth + 1 :]


def _place(entry: Entry, depth: int) -> Iterator[tuple[Student, HandedFile | None]]:
    match = _STUDENT.match(entry.path[depth]) if len(entry.path) > depth else None
    inside = _inside(entry, depth) if match is not None else ()
    if match is None or not (inside or entry.is_folder):
        return
    student = Student(match["login"], match["name"].strip(), "sakai", match["login"])
    typed = len(inside) == 1 and inside[0].endswith(_TYPED)
    if typed or inside == (_STAMP,):
        yield student, HandedFile(entry, inside, typed=typed)
    elif len(inside) > 1 and not _TEACHER_S.search(inside[0]):
        yield student, HandedFile(entry, inside[1:])
    else:
        yield student, None
