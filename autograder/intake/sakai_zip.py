"""Sakai: `Assignment/Last, First(login)/Submission attachment(s)/…`, with `timestamp.txt`, and `grades.csv` beside.

What was typed in is `Last, First(login)_submissionText.html` in the student's folder; what a teacher put there
(`Feedback Attachment(s)`, `comments.txt`) is nobody's work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from autograder.course.tasks import Task
from autograder.intake.files import Entry, Tree
from autograder.intake.layout import HandedFile, Layout, Student, share

_STUDENT = re.compile(r"^(?P<name>.+?)\((?P<login>[^()]+)\)$", re.DOTALL)
_ATTACHED = "Submission attachment(s)"


def recognise(tree: Tree, tasks: Sequence[Task]) -> Layout | None:
    depth = 0 if any(_STUDENT.match(entry.path[0]) for entry in tree.entries) else 1
    folders = {entry.path[depth] for entry in tree.entries if len(entry.path) > depth + 1}
    attached = any(_ATTACHED in entry.path for entry in tree.entries)
    explains = share(folders, _STUDENT.match) if attached else 0.0
    if not explains:
        return None
    own = frozenset({"grades.csv", "grades.xls", "grades.xlsx"})
    return Layout("Sakai", lambda entry: _place(entry, depth), own_files=own, explains=explains)


def _place(entry: Entry, depth: int) -> Iterator[tuple[Student, HandedFile | None]]:
    match = _STUDENT.match(entry.path[depth]) if len(entry.path) > depth else None
    if match is None or (len(entry.path) == depth + 1 and not entry.is_folder):
        return
    student = Student(match["login"], match["name"].strip(), "sakai", match["login"])
    inside = entry.path[depth + 1 :]
    if inside[:1] == (_ATTACHED,):
        yield student, HandedFile(entry, inside[1:])
    elif len(inside) == 1 and inside[0].endswith(("_submissionText.html", "_submissionText.txt")):
        yield student, HandedFile(entry, inside, typed=True)
    else:
        yield student, None
