"""The SQLite file of the record, as one course asks it. It must not know what the tables hold, nor stop a command."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from autograder import database
from autograder.database import UnusableDatabase, numbered, transaction
from autograder.language import tr
from autograder.machine import DATA
from autograder.progress.migrations import SCHEMA

_PATIENCE = 5.0
#: The tables whose rows belong to one course.
OF_A_COURSE = ("hints", "starts", "runs", "reports", "sittings", "quiz_seeds")

Value = TypeVar("Value")


class RecordFile:
    """The record of one course. `folder` is where the file lies; `warn` gets at most one sentence."""

    def __init__(self, folder: Path, course: str, warn: Callable[[str], None], former: Sequence[str] = ()) -> None:
        self.file = folder / "progress.db"
        self.course, self._former = course, former
        self._warn = warn
        self._connection: sqlite3.Connection | None = None
        self._unusable = False

    def rows(self, query: str, **values: object) -> list[tuple[Any, ...]]:
        """Return what a query finds about this `:course`. Where there is no record yet: nothing, and no new file."""
        values["course"] = self.course
        return self.ask(lambda db: db.execute(query, values).fetchall(), otherwise=[], writes=False)

    def text(self, query: str, exercise: str = "") -> str | None:
        """Return the one text that a query finds about this `:course` and an `:exercise`; None where there is none."""
        return next((text for (text,) in self.rows(query, exercise=exercise)), None)

    def ask(self, question: Callable[[sqlite3.Connection], Value], otherwise: Value, writes: bool = True) -> Value:
        """Ask the file, in one transaction if the question `writes`; else a file that isn't there is not made.

        Where it can't be asked, warn once and return `otherwise` from then on.
        """
        if self._unusable:
            return otherwise
        try:
            if self._connection is None:
                if not writes and not self.file.exists():
                    return otherwise
                self._connection = _open(self.file)
                _take_over(self._connection, self.course, self._former)
            with transaction(self._connection) if writes else nullcontext():
                return question(self._connection)
        except (OSError, sqlite3.Error, UnusableDatabase) as error:
            self._unusable = True
            self._warn(tr("Your progress isn't being recorded: {reason}.", reason=_reason(error, self.file)))
            return otherwise


def now() -> str:
    """Return this moment in UTC, ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _open(file: Path) -> sqlite3.Connection:
    file.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(file, timeout=_PATIENCE, isolation_level=None)
    try:
        database.prepare(connection, SCHEMA)
        # Who closes the terminal's window ends this program at once: the file alone, handed in, must have every answer.
        connection.execute("PRAGMA wal_autocheckpoint = 1")
    except BaseException:
        connection.close()
        raise
    return connection


def _take_over(db: sqlite3.Connection, course: str, former: Sequence[str]) -> None:
    """Give a course what stands under its former ids; where both have something that there can be one of, it stays."""
    for other in former:
        marks = "SELECT 1 FROM runs WHERE course = ?1 UNION SELECT 1 FROM sittings WHERE course = ?1"
        others = " UNION SELECT 1 FROM starts WHERE course = ?1 UNION SELECT 1 FROM hints WHERE course = ?1"
        if db.execute(marks + others, numbered(other)).fetchone() is None:
            continue
        with transaction(db):
            for table in OF_A_COURSE:
                db.execute(f"UPDATE OR IGNORE {table} SET course = ? WHERE course = ?", (course, other))


def _reason(error: Exception, file: Path) -> str:
    if isinstance(error, OSError):
        folder, reason = file.parent, error.strerror
        return tr(
            "{folder} can't be used ({reason}); name another folder in {variable}",
            folder=folder,
            reason=reason,
            variable=DATA,
        )
    return tr("{file} can't be used: {reason}", file=file, reason=database.describe(error, patience=_PATIENCE))
