"""GitHub Classroom: its grades as CSV, and one report as the result that an autograding action hands on.

The CSV has the columns of Classroom's own download; with that download, only its points are filled in. A result is
base64 of JSON; an action writes it into its output `result`, and Classroom's reporter reads it from there.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from autograder.export.bundle import Refused
from autograder.export.sheet import Row, Sheet, Tell, cell, fill, points, rows_of, write_lines
from autograder.export.subcommand import GradebookRequest, of_gradebook
from autograder.feedback import plain, wording
from autograder.gradebook.book import Gradebook, GradebookStudent, GradebookTask, Result
from autograder.grading.report import CheckResult, Report

NEEDED = ("github_username", "points_awarded", "points_available")
_MAX_BYTES = 64 << 20
_COLUMNS = (
    "assignment_name",
    "assignment_url",
    "starter_code_url",
    "github_username",
    "roster_identifier",
    "student_repository_name",
    "student_repository_url",
    "submission_timestamp",
    "points_awarded",
    "points_available",
)
#: By these Classroom's own tools find the student and the repository.
_IDS = frozenset({"github_username", "student_repository_url"})


def lines(
    gradebook: Gradebook, tasks: Sequence[GradebookTask], sheet: Sheet | None, tell: Tell
) -> Iterator[Sequence[str]]:
    """Yield the header, then a line for each student (and task). A sheet is of one assignment, so of one task."""
    columns = _COLUMNS if sheet is None else sheet.columns
    yield columns
    for row, result in _rows(gradebook, tasks, sheet, tell):
        awarded = points(result)
        filled = {**row, "points_awarded": awarded or row["points_awarded"]}
        if awarded and result is not None:
            filled["points_available"] = f"{result.points:g}"
        yield [filled[name] if name in _IDS else cell(filled[name]) for name in columns]


def _rows(
    gradebook: Gradebook, tasks: Sequence[GradebookTask], sheet: Sheet | None, tell: Tell
) -> Iterator[tuple[Row, Result | None]]:
    if sheet is not None:
        yield from ((row, found.get(tasks[0].id)) for row, found in fill(sheet, gradebook, tasks, _marks, tell))
        return
    for student, results in rows_of(gradebook, tasks):
        user = student.system_id if student.system == "github" else ""
        for task in tasks:
            row = dict.fromkeys(_COLUMNS, "")
            row |= {"assignment_name": task.id, "github_username": user, "roster_identifier": student.student}
            row |= {"points_available": f"{task.points:g}"}
            yield row, results.get(task.id)


def _marks(student: GradebookStudent) -> Iterator[tuple[str, str]]:
    yield "github_username", student.system_id if student.system == "github" else ""
    yield "github_username", student.student
    yield "roster_identifier", student.student
    yield "roster_identifier", student.name


def result(report: Report) -> str:
    """Return one report as an action's output: base64 of JSON."""
    return base64.b64encode(json.dumps(content(report), ensure_ascii=True).encode()).decode()


def content(report: Report) -> dict[str, Any]:
    """Return the same as plain data; points and status are those of the report."""
    status = "error" if any(check.status == "error" for check in report.checks) else "fail"
    return {
        "version": 1,
        "status": "pass" if report.passed else status,
        "message": report.note or wording.verdict(report),
        "max_score": report.points,
        "tests": [_test(report, check) for check in report.checks],
    }


def _test(report: Report, check: CheckResult) -> dict[str, Any]:
    outcome = {"passed": "pass", "error": "error", "crashed": "error", "timeout": "error"}.get(check.status, "fail")
    return {
        "name": plain.text(check.title),
        "status": outcome,
        "message": plain.explanation(check),
        "test_code": "",
        "task_id": check.id,
        "filename": report.submission.name,
        "line_no": 0,
        "duration": check.seconds,
        "score": check.score,
    }


def _read_report(path: Path) -> Report:
    """Return what `gradecheck run --json` wrote; anybody may have. Raises Refused where the file is no report."""
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise Refused(f"{path} is larger than 64 MiB: that is no report.")
        return Report.from_json(path.read_bytes())
    except OSError as error:
        raise Refused(f"{path} can't be read: {error.strerror}.") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Refused(f"{path} is no report of `gradecheck run --json`: {error}.") from error


@of_gradebook(roster="The grades as Classroom gave them: only the points are filled in.")
def subcommand(request: GradebookRequest) -> Iterable[str]:
    """GitHub Classroom's grades CSV; or the result of one autograding run.

    Where GRADEBOOK is a report that `gradecheck run --json` wrote (a .json file), its base64 is written, for an action:

    \b
      gradecheck run exercise-04 --json > report.json || true
      echo "result=$(gradecheck export github-classroom report.json)" >> "$GITHUB_OUTPUT"
    """
    if request.path.suffix == ".json":
        return [result(_read_report(request.path)), "\n"]
    sheet = request.sheet(NEEDED)
    tasks = [request.task] if sheet else request.tasks
    return write_lines(lines(request.gradebook, tasks, sheet, request.tell))
