"""What Canvas and Moodle do with an uploaded table, by their published rules; and what nbgrader's own export writes.

Canvas: the delimiter is the one that parts all lines alike; the row of Manual Posting is skipped; a student is found by
ID, then SIS Login ID; a title without an id makes a new assignment; a cell that says what stands there changes nothing,
an empty one clears grade and excuse, a number replaces an excuse, N/A and read-only columns are ignored.
Moodle: Identifier, Grade and Last modified (grade) must be there; an empty grade is skipped, another one is read with
the language's decimal sign and must lie between 0 and the maximum; a comment replaces the one that stands there.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field

_ABOUT = (
    "Student",
    "LastName",
    "FirstName",
    "ID",
    "SIS User ID",
    "SIS Login ID",
    "Integration ID",
    "Root Account",
    "Section",
)
_MOODLE = {"Identifier": 0, "Grade": -6, "Last modified (grade)": -2}


@dataclass
class Canvas:
    """A gradebook in Canvas: cells by student's id and assignment's title, as they were exported."""

    cells: dict[tuple[str, str], str]
    logins: dict[str, str] = field(default_factory=dict)
    new: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    @classmethod
    def exported(cls, data: bytes) -> Canvas:
        """What Canvas held when it wrote this."""
        head, _, rows = _canvas_table(data)
        titles = [title for title in head if _is_assignment(title)]
        cells = {(row["ID"], title): row[title].strip() for row in rows for title in titles}
        return cls(cells, {row.get("SIS Login ID", ""): row["ID"] for row in rows})

    def upload(self, data: bytes) -> None:
        head, points, rows = _canvas_table(data)
        titles = [title for title in head if title not in _ABOUT]
        self.new += [title for title in titles if not _is_assignment(title)]
        ids = {student for student, _ in self.cells}
        for row in rows:
            student = row["ID"] if row["ID"] in ids else self.logins.get(row.get("SIS Login ID", ""))
            if student is None:
                self.unknown.append(row["ID"])
                continue
            for title in titles:
                cell = row[title].strip()
                ignored = cell.upper() == "N/A" or points.get(title, "").strip() == "(read only)"
                if _is_assignment(title) and not ignored and not _same(cell, self.cells[student, title]):
                    self.cells[student, title] = cell


def canvas_number(text: str) -> float | None:
    """A grade as Canvas reads it: the last separator is the decimal sign."""
    *whole, last = re.split("[.,]", text.strip())
    try:
        return float(f"{''.join(whole)}.{last}") if whole else float(last)
    except ValueError:
        return None


def _same(one: str, other: str) -> bool:
    return one.upper() == other.upper() or (
        canvas_number(one) is not None and canvas_number(one) == canvas_number(other)
    )


def _is_assignment(title: str) -> bool:
    return re.search(r" \(\d+\)$", title) is not None


def _canvas_table(data: bytes) -> tuple[list[str], dict[str, str], list[dict[str, str]]]:
    text = data.decode("utf-8-sig")
    even = [mark for mark in ";," if len({len(row) for row in csv.reader(io.StringIO(text), delimiter=mark)}) == 1]
    assert even, "no delimiter parts all lines alike: Canvas refuses it"
    widths = {mark: len(next(csv.reader(io.StringIO(text), delimiter=mark))) for mark in even}
    head, *lines = csv.reader(io.StringIO(text, newline=""), delimiter=max(widths, key=lambda mark: widths[mark]))
    rows = [dict(zip(head, line, strict=True)) for line in lines]
    rows = [row for row in rows if not all(cell.strip() in ("", "Muted", "Manual Posting") for cell in row.values())]
    points = next((row for row in rows if "Points Possible" in row[head[0]]), {})
    return head, points, [row for row in rows if row is not points]


@dataclass
class Moodle:
    """An assignment in Moodle: grades and comments by participant, and its language's sign before decimals."""

    maximum: float
    sign: str
    grades: dict[str, float] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)

    def upload(self, data: bytes, delimiter: str = ",") -> None:
        head, *lines = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter)
        for line in lines:
            assert len(line) == len(head), "a line of another length: Moodle refuses the file"
            digits = re.sub(r"\D", "", line[_MOODLE["Identifier"]])
            assert line[_MOODLE["Last modified (grade)"]], "without its date a grade is skipped"
            grade = line[_MOODLE["Grade"]].strip()
            if grade:
                self._grade(digits, grade)
            self.comments[digits] = line[-1]

    def _grade(self, participant: str, text: str) -> None:
        try:
            value = float(text.replace(self.sign, "."))
        except ValueError:
            value = -1.0
        if 0 <= value <= self.maximum:
            self.grades[participant] = value
        else:
            self.refused.append(text)


def nbgrader_rows(
    scores: dict[tuple[str, str], float], points: dict[str, float]
) -> list[tuple[str, str, float, float]]:
    """Assignment, student, score and maximum of each line that nbgrader's export writes; what is missing has 0."""
    students = sorted({student for student, _ in scores})
    return [(task, student, scores.get((student, task), 0.0), points[task]) for student in students for task in points]
