"""Every result ever decided, in the order in which it was: what file, what score, when, by what, and why again.

Nothing here is ever changed, but by `forget`. It must not know how a result came about, nor which of them counts.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

import msgspec

from autograder.database import numbered, pages
from autograder.gradebook import hand_ins
from autograder.grading.report import SubmissionFile
from autograder.grading.submission import Submission

_COLUMNS = (
    "id, student, task, attempt, why, status, score, points, passed, misconceptions, late, remarks, file, sha256,"
    " graded_at, seconds, key, version, engine, handed_in, kept, came_as"
)


class Decision(msgspec.Struct, frozen=True):
    """One result as it was decided.

    `attempt` counts a student's files for the task from 1; a file that is graded again stays the same attempt. `why` is
    a clause: why it was graded. `version` is of the exercise or quiz, `engine` of gradecheck, both empty in what is
    older than the history. `handed_in` is when, in UTC, empty where nobody knows. `kept` names the file in `hand_ins`,
    `came_as` is where it lay in what was handed in.
    """

    id: int
    student: str
    exercise: str
    attempt: int
    why: str
    status: str
    score: float
    points: float
    passed: bool
    misconceptions: list[str]
    late: bool
    remarks: list[str]
    file: str
    sha256: str
    graded_at: str
    seconds: float
    key: str
    version: str
    engine: str
    handed_in: str
    kept: str | None = None
    came_as: str = ""


class Override(msgspec.Struct, frozen=True):
    """A score that somebody set by hand, and why; `score` is None where it was taken back.

    `points` is what the task was worth then, None where an older gradebook doesn't tell.
    """

    student: str
    exercise: str
    score: float | None
    reason: str
    at: str
    points: float | None = None


class History:
    """The part of a gradebook that only grows. Writing is for within a transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, decision: Decision, report: str | None) -> Decision:
        """Add a result; return it with its id."""
        fields = msgspec.structs.asdict(decision)
        fields |= {name: msgspec.json.encode(fields[name]).decode() for name in ("misconceptions", "remarks")}
        values = [*list(fields.values())[1:], report]
        added = self._connection.execute(
            f"INSERT INTO decided ({_COLUMNS.removeprefix('id, ')}, report) VALUES ({', '.join('?' * len(values))})",
            values,
        )
        return msgspec.structs.replace(decision, id=added.lastrowid)

    def of(self, student: str, task: str) -> list[Decision]:
        """Return all results of a student for a task, the oldest first."""
        query = f"SELECT {_COLUMNS} FROM decided WHERE student = ? AND task = ? ORDER BY id"
        return [_decision(row) for row in self._connection.execute(query, (student, task))]

    def attempts(self, student: str, task: str) -> list[Decision]:
        """Return the newest result of each attempt, the first attempt first."""
        newest = {decision.attempt: decision for decision in self.of(student, task)}
        return [newest[attempt] for attempt in sorted(newest)]

    def all(self, student: str | None = None, task: str | None = None) -> Iterator[Decision]:
        """Yield every result (of one student, for one task), the oldest first, a page at a time."""
        query = (
            f"SELECT {_COLUMNS} FROM decided WHERE id > :id AND (:student IS NULL OR student = :student)"
            " AND (:task IS NULL OR task = :task) ORDER BY id"
        )
        asked = {"id": 0, "student": student, "task": task}
        yield from map(_decision, pages(self._connection, query, asked, "id"))

    def older(self, task: str, version: str, *, every_attempt: bool) -> list[int]:
        """Return the ids of the newest result of each student's last attempt (of each one, with `every_attempt`) that
        another version of the task decided.
        """
        rows = self._connection.execute(
            "SELECT newest, version, attempt = max(attempt) OVER (PARTITION BY student)"
            " FROM (SELECT max(id) AS newest, student, attempt, version FROM decided WHERE task = ?"
            " GROUP BY student, attempt) ORDER BY student, attempt",
            (task,),
        )
        return [newest for newest, of, last in rows if of != version and (last or every_attempt)]

    def decision(self, number: int) -> Decision:
        """Return one result by its id."""
        return _decision(self._connection.execute(f"SELECT {_COLUMNS} FROM decided WHERE id = ?", (number,)).fetchone())

    def keep(self, submission: Submission) -> str | None:
        """Keep what was handed in; return its name there, None where it can't be kept."""
        return hand_ins.keep(self._connection, submission)

    def submission(self, decision: Decision) -> tuple[Submission, SubmissionFile] | None:
        """Return what a result is of, so that it can be graded again; None where it wasn't kept."""
        return hand_ins.read(self._connection, decision.kept) if decision.kept else None

    def text(self, decision: Decision) -> str | None:
        """Return the text of what a result is of."""
        return hand_ins.text(self._connection, decision.kept)

    def override(self, override: Override) -> None:
        """Set a score by hand, or take it back."""
        self._connection.execute(
            "INSERT INTO override (student, task, score, reason, at, points) VALUES (?, ?, ?, ?, ?, ?)",
            msgspec.structs.astuple(override),
        )

    def overrides(self, student: str | None = None, task: str | None = None) -> list[Override]:
        """Return what was set by hand and taken back (for one student, one task), the oldest first."""
        rows = self._connection.execute(
            "SELECT student, task, score, reason, at, points FROM override WHERE (?1 IS NULL OR student = ?1)"
            " AND (?2 IS NULL OR task = ?2) ORDER BY id",
            numbered(student, task),
        )
        return [Override(*row) for row in rows]

    def forget_unused(self) -> None:
        """Drop the files that no result is of any more."""
        hand_ins.forget_unused(self._connection)


def _decision(row: tuple[Any, ...]) -> Decision:
    values = list(row)
    for place in (9, 11):
        values[place] = msgspec.json.decode(values[place])
    values[8], values[10] = bool(values[8]), bool(values[10])
    return Decision(*values)
