"""grades.csv: one row for every student and exercise, made from the gradebook."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from autograder.gradebook.book import Gradebook, Result
from autograder.whole_file import replacing

COLUMNS = ("student", "exercise", "score", "points", "status", "misconceptions", "submission_sha256", "graded_at")
#: A spreadsheet takes a cell that begins so for a formula, and a student chooses the name of a folder.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def write(gradebook: Gradebook, path: Path) -> None:
    """Write all rows; the file is whole at every moment."""
    with replacing(path) as unfinished, unfinished.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(lines(gradebook.results()))


def lines(results: Iterable[Result]) -> Iterator[Sequence[str]]:
    """Yield the header, then a line for each result."""
    yield COLUMNS
    for result in results:
        score, points, beliefs = f"{result.score:g}", f"{result.points:g}", ";".join(result.misconceptions)
        student = cell(result.student)
        yield (student, result.exercise, score, points, result.status, beliefs, result.sha256, result.graded_at)


def cell(text: str) -> str:
    """Return text that no spreadsheet takes for a formula."""
    # The csv module leaves a lone CR bare, and some begin a line there.
    plain = text.replace("\r", " ")
    return f"'{plain}" if text.startswith(_FORMULA) else plain
