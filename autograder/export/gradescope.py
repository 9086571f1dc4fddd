"""Gradescope's results.json: one student's hand-in as its autograder hands it on, with points and misconceptions.

Everything in it is what the student may see anyway. A misconception is a tag of its test, so that it can be searched.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from autograder.export.bundle import BundledFile
from autograder.export.subcommand import GradebookRequest, of_gradebook
from autograder.feedback import plain, wording
from autograder.feedback.sanitize import one_line, visible
from autograder.gradebook.book import Gradebook
from autograder.gradebook.rows import GradebookTask, Result
from autograder.gradebook.summary import by_student
from autograder.grading.report import CheckResult, Report
from autograder.language import tr

Row = tuple[Result, Report | None]


def files(gradebook: Gradebook, tasks: Sequence[GradebookTask]) -> Iterator[BundledFile]:
    """`STUDENT/results.json` for everyone about whom the grader could decide all of these tasks."""
    wanted = {task.id for task in tasks}
    for student, rows in by_student(gradebook.students(), gradebook.reports()):
        found = {result.exercise: (result, report) for result, report in rows if result.exercise in wanted}
        if not any(result.status == "crashed" for result, _ in found.values()):
            text = json.dumps(content(tasks, found), indent=1) + "\n"
            yield BundledFile.of_text(f"{student.folder}/results.json", text)


def content(tasks: Sequence[GradebookTask], rows: Mapping[str, Row]) -> dict[str, Any]:
    """Return one student's results.json as plain data: the tests of all tasks, one after the other."""
    tests: list[dict[str, Any]] = []
    for task in tasks:
        report = rows[task.id][1] if task.id in rows else None
        added = [_test(check) for check in report.checks] if report is not None else [_missing(task)]
        for test in added if len(tasks) > 1 else ():
            test["name"] = f"{task.id}: {test['name']}"
        tests += added
    for number, test in enumerate(tests, start=1):
        test["number"] = str(number)
    reports = [report for _, report in rows.values() if report is not None]
    beliefs = [each.id for report in reports for each in report.misconceptions]
    return {
        "score": round(sum(result.score for result, _ in rows.values() if not result.outdated), 6),
        "execution_time": round(sum(report.seconds for report in reports), 3),
        "output": "\n\n".join(text for task in tasks for text in _paragraphs(task, rows.get(task.id), len(tasks))),
        "output_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": tests,
        "extra_data": {
            "misconceptions": list(dict.fromkeys(beliefs)),
            "sha256": {report.exercise: report.submission.sha256 for report in reports},
            "isolation": {report.exercise: report.isolation for report in reports},
        },
    }


def _paragraphs(task: GradebookTask, row: Row | None, tasks: int) -> Iterator[str]:
    """Yield what is said of a hand-in as a whole."""
    result, report = row or (None, None)
    where = f"{task.id}: " if tasks > 1 else ""
    if result is not None and result.override is not None:
        yield where + tr(
            "Set to {score:g} of {points:g} points: {reason}",
            score=result.score, points=result.points, reason=one_line(result.reason, width=500),
        )  # fmt: skip
    if result is not None and result.late_penalty:
        yield where + tr("{points:g} points were taken off because it was late.", points=result.late_penalty)
    if report is None:
        yield from (one_line(remark, width=500) for remark in (result.remarks if result else ()))
        return
    yield where + wording.verdict(report)
    yield from (one_line(remark, width=500) for remark in (report.remarks or (result.remarks if result else ())))
    if report.note:
        yield visible(report.note)
    if report.output.strip():
        yield tr("What the program printed:") + f"\n\n{visible(report.output)}"


def _missing(task: GradebookTask) -> dict[str, Any]:
    said = tr("Hand in {file}.", file=task.file)
    check = CheckResult("handed_in", plain.text(task.title), task.points, 0.0, "failed", said)
    return _test(check)


def _test(check: CheckResult) -> dict[str, Any]:
    passed = check.status == "passed"
    said = "" if check.status in ("passed", "failed") else f"{wording.word(check).capitalize()}."
    output = "\n\n".join(part for part in (said, plain.explanation(check)) if part)
    return {
        "name": plain.text(check.title),
        "number": "",
        "score": check.score,
        "max_score": check.points,
        "status": "passed" if passed else "failed",
        "output": "" if passed else output,
        "output_format": "text",
        "tags": [check.misconception.id] if check.misconception else [],
        "visibility": "visible",
    }


@of_gradebook("files")
def subcommand(request: GradebookRequest) -> Iterable[BundledFile]:
    """Gradescope's results.json for every student, as STUDENT/results.json."""
    return files(request.gradebook, request.tasks)
