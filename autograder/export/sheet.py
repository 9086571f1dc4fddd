"""Tables of grades: what a cell may hold, and the sheet that a system gave to be filled in.

Two rules hold for every format. What was not handed in, or could not be decided because the grader itself failed, has
an empty cell: the system's own rule for missing work holds. And a cell that a student can have written never begins
like a formula: a single quote is put before it. Only the ids by which a system finds its own students stay as that
system gave them, because its import would not find the student otherwise.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.export.bundle import Refused
from autograder.gradebook.book import Gradebook, GradebookStudent, GradebookTask, Result
from autograder.gradebook.grades import cell
from autograder.gradebook.summary import by_student

__all__ = ["Row", "Sheet", "cell", "fill", "points", "read_sheet", "rows_of", "scaled", "write_lines"]

Row = Mapping[str, str]
Tell = Callable[[str], None]
_MOST_NAMED = 5
_MAX_BYTES = 64 << 20


@dataclass(frozen=True)
class Sheet:
    """A CSV that a system gave: its columns, and its rows by column. A row that is too short ends in empty cells."""

    path: Path
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_sheet(path: Path, needed: Iterable[str]) -> Sheet:
    """Read the sheet. Raises Refused where it isn't a CSV with the `needed` columns."""
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise Refused(f"{path} is larger than 64 MiB: that is no sheet of grades.")
        text = path.read_bytes().decode("utf-8-sig")
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except OSError as error:
        raise Refused(f"{path} can't be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise Refused(f"{path} isn't UTF-8. Give the file as it was downloaded.") from error
    except csv.Error as error:
        raise Refused(f"{path} is no CSV ({error}). Give the file as it was downloaded.") from error
    columns = tuple(name.strip() for name in lines[0]) if lines else ()
    for name in needed:
        if name not in columns:
            raise Refused(f"{path}:1: there is no column {name!r}. Give the file as it was downloaded.")
    padding = [""] * len(columns)
    rows = tuple(dict(zip(columns, [*line, *padding], strict=False)) for line in lines[1:] if any(line))
    return Sheet(path, columns, rows)


def write_lines(lines: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the lines as CSV, one by one."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    for line in lines:
        writer.writerow(line)
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def rows_of(
    gradebook: Gradebook, tasks: Sequence[GradebookTask]
) -> Iterator[tuple[GradebookStudent, dict[str, Result]]]:
    """Yield every student with their results for these tasks, one student at a time."""
    wanted = {task.id for task in tasks}
    for student, rows in by_student(gradebook.students(), ((result, None) for result in gradebook.results())):
        yield student, {result.exercise: result for result, _ in rows if result.exercise in wanted}


def points(result: Result | None, possible: float | None = None) -> str:
    """Return the score as a cell; `possible` is what the system gives for the task, if not what the course does."""
    if result is None or result.status in ("missing", "crashed") or result.outdated:
        return ""
    return f"{scaled(result, possible):g}"


def scaled(result: Result, possible: float | None) -> float:
    """Return the score on the system's own scale, to a hundredth."""
    share = possible / result.points if possible is not None and result.points else 1.0
    return round(result.score * share, 2)


def fill(
    sheet: Sheet,
    gradebook: Gradebook,
    tasks: Sequence[GradebookTask],
    marks: Callable[[GradebookStudent], Iterable[tuple[str, str]]],
    tell: Tell,
) -> Iterator[tuple[Row, dict[str, Result]]]:
    """Yield each row of the sheet with its student's results. The first of `marks` that fits one row finds a student.

    `marks` are pairs of a column and what would be in it. Who isn't found, or is in the sheet twice, is named.
    """
    places = {column: _places(sheet, column) for column in sheet.columns}
    found: dict[int, dict[str, Result]] = {}
    lost: list[str] = []
    for student, results in rows_of(gradebook, tasks):
        place = next(filter(lambda place: place is not None, _found(marks(student), places)), None)
        if place is None or place in found:
            lost.append(student.name or student.student)
        else:
            found[place] = results
    _report_lost(lost, sheet, tell)
    for place, row in enumerate(sheet.rows):
        yield row, found.get(place, {})


def _found(marks: Iterable[tuple[str, str]], places: Mapping[str, Mapping[str, list[int]]]) -> Iterator[int | None]:
    for column, mark in marks:
        fitting = places.get(column, {}).get(_same(mark), []) if mark else []
        yield fitting[0] if len(fitting) == 1 else None


def _places(sheet: Sheet, column: str) -> dict[str, list[int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(sheet.rows):
        places[_same(row[column])].append(place)
    return places


def _same(text: str) -> str:
    """Return what two spellings of one name or id share: Canvas writes `lovelaceada` for `Lovelace, Ada`."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in folded if character.isalnum()) if "@" not in folded else folded.strip()


def _report_lost(lost: Sequence[str], sheet: Sheet, tell: Tell) -> None:
    if not lost:
        return
    named = ", ".join(re.sub(r"\s+", " ", name)[:60] for name in lost[:_MOST_NAMED])
    more = f" and {len(lost) - _MOST_NAMED:,} more" if len(lost) > _MOST_NAMED else ""
    are = "is" if len(lost) == 1 else "are"
    tell(f"{len(lost):,} of the gradebook {are} not in {sheet.path.name}, or ambiguous there: {named}{more}.")
