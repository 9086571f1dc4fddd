"""Moodle's grading worksheet as CSV: one assignment, to be uploaded under "Upload grading worksheet".

With the worksheet that Moodle gave, only its grades and feedback comments are filled in, on its own scale, and all else
stays. Moodle finds a student by `Identifier`, and refuses a grade that was changed since the worksheet was downloaded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from autograder.export.sheet import Row, Sheet, Tell, cell, fill, points, rows_of, write_lines
from autograder.export.subcommand import GradebookRequest, of_gradebook
from autograder.feedback import plain
from autograder.gradebook.book import Gradebook, GradebookStudent, GradebookTask, Result

NEEDED = ("Identifier", "Grade", "Last modified (grade)")
_COLUMNS = (
    "Identifier",
    "Full name",
    "Email address",
    "Status",
    "Grade",
    "Maximum Grade",
    "Grade can be changed",
    "Last modified (submission)",
    "Last modified (grade)",
    "Feedback comments",
)
#: What Moodle's import reads back is left as it is; everything else can have been written by a student.
_READ_BACK = frozenset(
    {"Identifier", "Grade", "Maximum Grade", "Last modified (grade)", "Last modified (submission)", "Feedback comments"}
)
_COMMENTS = "Feedback comments"


def lines(
    gradebook: Gradebook, task: GradebookTask, sheet: Sheet | None, titles: dict[str, str], tell: Tell
) -> Iterator[Sequence[str]]:
    """Yield the header, and a line for each student. `titles` are those of the misconceptions, for the comments."""
    columns = _COLUMNS if sheet is None else sheet.columns
    yield columns
    scales = set()
    for row, result in _students(gradebook, task, sheet, tell):
        possible = _maximum(row) if sheet else None
        scales |= {possible} - {None, task.points}
        grade = points(result, possible) or row["Grade"]
        filled = {
            **row,
            "Grade": grade,
            _COMMENTS: _comment(result, titles) or row.get(_COMMENTS, ""),
        }
        yield [filled[name] if name in _READ_BACK else cell(filled[name]) for name in columns]
    for scale in scales:
        tell(f"{task.id}: scores were scaled from {task.points:g} to the {scale:g} points of Moodle.")


def _students(
    gradebook: Gradebook, task: GradebookTask, sheet: Sheet | None, tell: Tell
) -> Iterator[tuple[Row, Result | None]]:
    if sheet is not None:
        yield from ((row, found.get(task.id)) for row, found in fill(sheet, gradebook, [task], _marks, tell))
        return
    for student, results in rows_of(gradebook, [task]):
        row = dict.fromkeys(_COLUMNS, "")
        if student.system == "moodle":
            row["Identifier"] = f"Participant {student.system_id}"
        row |= {"Full name": student.name or student.student, "Email address": student.email}
        row |= {"Maximum Grade": f"{task.points:g}", "Grade can be changed": "Yes", "Last modified (grade)": "-"}
        yield row, results.get(task.id)


def _marks(student: GradebookStudent) -> Iterator[tuple[str, str]]:
    if student.system == "moodle":
        yield "Identifier", f"Participant {student.system_id}"
    yield "Email address", student.email
    yield "Full name", student.name or student.student


def _maximum(row: Row) -> float | None:
    try:
        return float(row.get("Maximum Grade", "").replace(",", ".")) or None
    except ValueError:
        return None


def _comment(result: Result | None, titles: dict[str, str]) -> str:
    if result is None or not result.misconceptions:
        return ""
    return "To revise: " + "; ".join(titles.get(name, name) for name in result.misconceptions) + "."


@of_gradebook(roster="The grading worksheet as Moodle gave it: only its grades and comments are filled.")
def subcommand(request: GradebookRequest) -> Iterable[str]:
    """Moodle's grading worksheet, for one assignment.

    Students are found by Identifier, then by email address, then by full name.
    """
    titles = {name: plain.text(entry.title) for name, entry in request.course.misconceptions.items()}
    sheet = request.sheet(NEEDED)
    return write_lines(lines(request.gradebook, request.task, sheet, titles, request.tell))
