"""Canvas's gradebook as CSV: a column for each task, to be imported in Canvas under Grades.

With the sheet that Canvas exported, its students and assignments are used: an assignment whose title is a task's id or
title is filled, on its own scale. Any other column makes a new assignment. Canvas finds a student by ID, SIS User ID,
SIS Login ID and name, in this order; the ids stay as Canvas gave them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from autograder.export.sheet import Row, Sheet, Tell, cell, fill, points, rows_of, write_lines
from autograder.export.subcommand import GradebookRequest, of_gradebook
from autograder.feedback import plain
from autograder.gradebook.book import Gradebook, GradebookStudent, GradebookTask, Result

NEEDED = ("Student", "ID")
_ABOUT = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
_IDS = frozenset({"ID", "SIS User ID", "SIS Login ID"})
_ASSIGNMENT = re.compile(r"^(?P<title>.+) \(\d+\)$")
_POINTS = "Points Possible"


def lines(
    gradebook: Gradebook, tasks: Sequence[GradebookTask], sheet: Sheet | None, tell: Tell
) -> Iterator[Sequence[str]]:
    """Yield the header, the points possible, and a line for each student."""
    about = _ABOUT if sheet is None else tuple(name for name in sheet.columns if name in (*_ABOUT, "Integration ID"))
    columns = {task.id: _column(task, sheet) for task in tasks}
    possible = {task.id: _possible(columns[task.id], sheet) for task in tasks}
    for task in tasks:
        if possible[task.id] not in (None, task.points):
            tell(f"{task.id}: scores were scaled from {task.points:g} to the {possible[task.id]:g} points of Canvas.")
    yield (*about, *columns.values())
    yield (f"    {_POINTS}", *[""] * (len(about) - 1), *(f"{possible[t.id] or t.points:g}" for t in tasks))
    for row, results in _students(gradebook, tasks, sheet, tell):
        ids = [row[name] if name in _IDS else cell(row[name]) for name in about]
        yield (*ids, *(points(results.get(task.id), possible[task.id]) for task in tasks))


def _students(
    gradebook: Gradebook, tasks: Sequence[GradebookTask], sheet: Sheet | None, tell: Tell
) -> Iterator[tuple[Row, dict[str, Result]]]:
    if sheet is None:
        for student, results in rows_of(gradebook, tasks):
            canvas = student.system == "canvas"
            about = dict.fromkeys(_ABOUT, "")
            about["Student"] = student.name or student.student
            about["ID"] = student.system_id if canvas else ""
            about["SIS Login ID"] = "" if canvas else cell(student.email or student.student)
            yield about, results
        return
    for row, results in fill(sheet, gradebook, tasks, _marks, tell):
        if row["Student"].strip() != _POINTS and row["ID"].strip():
            yield row, results


def _marks(student: GradebookStudent) -> Iterator[tuple[str, str]]:
    if student.system == "canvas":
        yield "ID", student.system_id
    for name in (student.system_id if student.system != "canvas" else "", student.student, student.email):
        yield "SIS User ID", name
        yield "SIS Login ID", name
    yield "Student", student.name or student.student


def _column(task: GradebookTask, sheet: Sheet | None) -> str:
    title = plain.text(task.title)
    for column in sheet.columns if sheet else ():
        match = _ASSIGNMENT.match(column)
        if match and match["title"].casefold() in (task.id, title.casefold(), f"{task.id}: {title}".casefold()):
            return column
    return f"{task.id}: {title}"


def _possible(column: str, sheet: Sheet | None) -> float | None:
    """Return what Canvas gives for an assignment that it has; None where it has none."""
    if sheet is None or column not in sheet.columns:
        return None
    row = next((row for row in sheet.rows if row["Student"].strip() == _POINTS), None)
    try:
        return float(row[column]) or None if row else None
    except ValueError:
        return None


@of_gradebook(roster="The gradebook as Canvas exported it: its students and assignments are used.")
def subcommand(request: GradebookRequest) -> Iterable[str]:
    """Canvas's gradebook CSV, to be imported under Grades.

    An assignment of the roster whose title is an exercise's id or title is filled, on its own scale; any other exercise
    becomes a new assignment. Students are found by ID, SIS User ID, SIS Login ID, then by name.
    """
    return write_lines(lines(request.gradebook, request.tasks, request.sheet(NEEDED), request.tell))
