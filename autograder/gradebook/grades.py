"""grades.csv: one row for every student and exercise, made from the gradebook.

It begins with a byte order mark, without which Excel takes UTF-8 for the system's old encoding. Readers skip the mark
with Python's `utf-8-sig`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Container, Iterator, Sequence
from pathlib import Path

from autograder.gradebook.book import Gradebook
from autograder.gradebook.explanation import share_of_all
from autograder.gradebook.rows import GradebookStudent, Result
from autograder.gradebook.summary import by_student
from autograder.grading.report import Report
from autograder.whole_file import replacing

COLUMNS = (
    "student", "exercise", "score", "points", "status", "misconceptions", "submission_sha256", "graded_at",
    "name", "email", "section", "late", "attempt", "override", "explained",
    "raw_score", "late_penalty", "override_reason", "outdated",
)  # fmt: skip
_TOTALS = ("student", "name", "email", "section", "total_percent")
BOM = "\ufeff"
_HEAD = re.compile(rb'(?:\xef\xbb\xbf)?"?student"?[,;\t]"?(?:exercise|name)\b')
#: A spreadsheet takes a cell that begins so for a formula, and a student chooses the name of a folder.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def write(gradebook: Gradebook, path: Path) -> None:
    """Write all rows; the file is whole at every moment."""
    with replacing(path, private=True) as unfinished, unfinished.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(lines(gradebook))


def is_foreign(path: Path) -> bool:
    """Whether there is a table that `write` and `write_totals` didn't write, though a spreadsheet may have saved it."""
    try:
        with path.open("rb") as file:
            return _HEAD.match(file.read(100)) is None
    except FileNotFoundError:
        return False


def lines(gradebook: Gradebook, exercises: Container[str] | None = None) -> Iterator[Sequence[str]]:
    """Yield the header, then a line for each result (of these exercises)."""
    yield COLUMNS
    for student, rows in by_student(gradebook.students(), gradebook.reports()):
        for result, report in rows:
            if exercises is None or result.exercise in exercises:
                yield _line(student, result, report)


def _line(student: GradebookStudent, result: Result, report: Report | None) -> Sequence[str]:
    score, points, beliefs = f"{result.score:g}", f"{result.points:g}", ";".join(result.misconceptions)
    graded = (score, points, result.status, beliefs, result.sha256, result.graded_at)
    explained = " ".join(dict.fromkeys(each.kind for each in report.explanations)) if report else ""
    attempt = str(result.attempt) if result.attempt else ""
    override = "" if result.override is None else f"{result.override:g}"
    about = (cell(student.name), cell(student.email), cell(student.section), "yes" if result.late else "")
    raw = "" if result.raw is None else f"{result.raw:g}"
    decided = (raw, f"{result.late_penalty:g}", cell(result.reason), "yes" if result.outdated else "")
    return (cell(result.student), result.exercise, *graded, *about, attempt, override, explained, *decided)


def write_totals(gradebook: Gradebook, path: Path) -> None:
    """Write what the policy makes of each student's results, in percent; the file is whole at every moment.

    Where no policy sums there is none: what an earlier one came to would be taken for what holds.
    """
    if gradebook.policy.total is None:
        if path.is_file() and path.read_bytes().startswith(",".join(_TOTALS).encode("utf-8-sig")):
            path.unlink()
        return
    with replacing(path, private=True) as unfinished, unfinished.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_TOTALS)
        for student in gradebook.students():
            share = share_of_all(gradebook, student.student)
            about = (cell(student.student), cell(student.name), cell(student.email), cell(student.section))
            writer.writerow((*about, "" if share is None else f"{100 * share:.2f}"))


def cell(text: str) -> str:
    """Return text that no spreadsheet takes for a formula."""
    # The csv module leaves a lone CR bare, and some begin a line there.
    plain = text.replace("\r", " ")
    return f"'{plain}" if text.startswith(_FORMULA) else plain
