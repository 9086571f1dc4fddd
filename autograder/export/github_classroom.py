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
from autograder.export.filling import Entry, Filling, results_of, scaled_to
from autograder.export.scores import cell, points, rows_of, tell_of_old_scales, write_lines
from autograder.export.subcommand import GradebookRequest, of_gradebook
from autograder.feedback import plain, wording
from autograder.gradebook.book import Gradebook
from autograder.gradebook.rows import GradebookTask
from autograder.grading.report import CheckResult, Report
from autograder.language import tr
from autograder.roster import class_list
from autograder.roster.people import Person
from autograder.roster.sheet import Row, Sheet, number

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


def lines(gradebook: Gradebook, tasks: Sequence[GradebookTask]) -> Iterator[Sequence[str]]:
    """Yield the header, then a line for each student and task."""
    yield _COLUMNS
    for student, results in rows_of(gradebook, tasks):
        user = student.system_id if student.system == "github" else ""
        for task in tasks:
            row = dict.fromkeys(_COLUMNS, "")
            row |= {"assignment_name": task.id, "github_username": user, "roster_identifier": cell(student.student)}
            row |= {"points_awarded": points(results.get(task.id), task.points), "points_available": f"{task.points:g}"}
            yield [row[name] for name in _COLUMNS]


def fill(request: GradebookRequest, filling: Filling) -> bytes:
    """Fill the points of Classroom's own table, which is of one assignment; a group's reach all its members."""
    task, sheet = request.task, filling.sheet
    user, awarded, available = (_needed(sheet, name) for name in ("github_username", *_COLUMNS[-2:]))
    places = class_list.columns(sheet)
    entries = [Entry(row, row[user], class_list.person_of(row, places) or Person()) for row in sheet.rows]
    of_all = _possible(sheet.rows, available)
    if not of_all:
        said = tr("{task}: {sheet} tells no points available, so scores are out of the course's {points:g}.",
                  task=task.id, sheet=sheet.path.name, points=task.points)  # fmt: skip
        filling.columns.append(said)
        request.tell(said)
    elif of_all != task.points:
        request.tell(scaled_to("GitHub Classroom", task, of_all))
    for entry, results in results_of(filling, request.gradebook, [task], entries):
        possible = _possible([entry.row], available) or of_all or task.points
        if text := points(results.get(task.id), possible):
            filling.grade(entry.row, awarded, text, entry.who)
            if number(entry.row[available], ".") == 0:  # an empty cell says nothing, and stays; of 0 nothing is awarded
                filling.fill(entry.row, available, f"{possible:g}", entry.who)
        for at, name in enumerate(sheet.columns):
            if name not in _IDS and at not in (awarded, available):
                filling.guard(entry.row, at)
    return sheet.encoded()


def _possible(rows: Sequence[Row], available: int) -> float:
    """The most points that these rows tell; 0 if they tell none."""
    return max((number(row[available], ".") or 0.0 for row in rows), default=0.0)


def _needed(sheet: Sheet, name: str) -> int:
    column = sheet.find(name)
    if column is None:
        said = tr("there is no column {name!r}. Give the grades as Classroom gave them.", name=name)
        raise Refused(f"{sheet.where(sheet.header)}: {said}")
    return column


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
            raise Refused(tr("{path} is larger than 64 MiB: that is no report.", path=path))
        return Report.from_json(path.read_bytes())
    except OSError as error:
        raise Refused(tr("{path} can't be read: {reason}.", path=path, reason=error.strerror)) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        said = tr("{path} is no report of `gradecheck run --json`: {reason}.", path=path, reason=error)
        raise Refused(said) from error


@of_gradebook(roster="The grades as Classroom gave them: only the points are filled in.")
def subcommand(request: GradebookRequest) -> Iterable[str] | bytes:
    """GitHub Classroom's grades CSV; or the result of one autograding run.

    Where GRADEBOOK is a report that `gradecheck run --json` wrote (a .json file), its base64 is written, for an action:

    \b
      gradecheck run exercise-04 --json > report.json || true
      echo "result=$(gradecheck export github-classroom report.json)" >> "$GITHUB_OUTPUT"
    """
    if request.path.suffix == ".json":
        return [result(_read_report(request.path)), "\n"]
    if request.roster is not None:
        tell_of_old_scales(request.gradebook, [request.task], request.tell)
        return request.filled(lambda filling: fill(request, filling))
    tell_of_old_scales(request.gradebook, request.tasks, request.tell)
    return write_lines(lines(request.gradebook, request.tasks))
