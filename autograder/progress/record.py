"""Reads and writes the record. Where there is none to read, every function answers what a beginner's would."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import msgspec

from autograder.database import numbered
from autograder.machine import user_folder
from autograder.progress.record_file import OF_A_COURSE, RecordFile, now
from autograder.progress.sittings import QuizRecord

_URI = "file://"


class Best(msgspec.Struct, frozen=True):
    """The best run of one exercise, whether any passed, how many there were, and when the last was (UTC, ISO 8601)."""

    score: float
    points: float
    passed: bool
    runs: int
    last: str


class Met(msgspec.Struct, frozen=True):
    """A misconception met: its id in the catalogue, in how many runs and quiz answers, where, and when last (UTC)."""

    misconception: str
    runs: int
    exercises: tuple[str, ...]
    last: str
    answers: int = 0
    quizzes: tuple[str, ...] = ()


class Progress(RecordFile):
    """One course's part of the record."""

    def next_hint(self, exercise: str, hints: int) -> int:
        """Count one more hint as shown, and return which: 1 … `hints`. The last one again, once all were shown."""
        return self.ask(
            lambda db: db.execute(
                "INSERT INTO hints VALUES (?1, ?2, 1)"
                " ON CONFLICT DO UPDATE SET shown = min(shown + 1, ?3) RETURNING shown",
                numbered(self.course, exercise, hints),
            ).fetchone()[0],
            otherwise=1,
        )

    def hints_shown(self, exercise: str) -> int:
        """Return how many of the exercise's hints were shown."""
        rows = self.rows("SELECT shown FROM hints WHERE course = :course AND exercise = :exercise", exercise=exercise)
        return rows[0][0] if rows else 0

    def record_start(self, exercise: str, path: Path) -> None:
        """Note where the student works on an exercise, by an absolute path."""
        values = (self.course, exercise, _as_text(path), now())
        self.ask(lambda db: db.execute("INSERT OR REPLACE INTO starts VALUES (?, ?, ?, ?)", values), otherwise=None)

    def started(self, exercise: str) -> Path | None:
        """Return where the student works on an exercise, if it was started."""
        path = self.text("SELECT path FROM starts WHERE course = :course AND exercise = :exercise", exercise)
        return None if path is None else _as_path(path)

    def record_run(
        self,
        exercise: str,
        *,
        score: float,
        points: float,
        passed: bool,
        misconceptions: Iterable[str],
        sha256: str,
        report: str = "",
    ) -> None:
        """Add a graded file, with the ids of the misconceptions it showed; its report (JSON) replaces the last."""
        beliefs = sorted(set(misconceptions))

        def add(db: sqlite3.Connection) -> None:
            run = db.execute(
                "INSERT INTO runs (course, exercise, score, points, passed, sha256, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (self.course, exercise, score, points, int(passed), sha256, now()),
            ).lastrowid
            db.executemany("INSERT INTO met VALUES (?, ?)", [(run, belief) for belief in beliefs])
            if report:
                db.execute("INSERT OR REPLACE INTO reports VALUES (?, ?, ?)", (self.course, exercise, report))

        self.ask(add, otherwise=None)

    def last_report(self, exercise: str) -> str | None:
        """Return the last report on an exercise, as JSON."""
        return self.text("SELECT report FROM reports WHERE course = :course AND exercise = :exercise", exercise)

    def last_exercise(self) -> str | None:
        """Return the exercise that was started or graded last; of one moment, the one that was started."""
        return self.text(
            "SELECT exercise FROM (SELECT exercise, at, id AS number FROM runs WHERE course = :course UNION ALL"
            " SELECT exercise, at, NULL FROM starts WHERE course = :course)"
            " ORDER BY at DESC, number DESC NULLS FIRST LIMIT 1"
        )

    def quiz_left(self) -> str | None:
        """Return the quiz that was left midway, and after which no exercise was started or graded."""
        return self.text(
            "SELECT quiz FROM answers JOIN sittings ON sittings.id = sitting"
            " WHERE course = :course AND part = 'all' AND ended IS NULL AND at > (SELECT coalesce(max(at), '')"
            " FROM (SELECT at FROM runs WHERE course = :course UNION ALL SELECT at FROM starts WHERE course = :course))"
            " ORDER BY answers.id DESC LIMIT 1"
        )

    def best(self) -> dict[str, Best]:
        """Return the best run of every exercise that was ever graded."""
        rows = self.rows(
            # SQLite takes the bare column `points` from the row that holds the largest score.
            "SELECT exercise, max(score), points, (SELECT max(passed) FROM runs o WHERE o.course = r.course AND"
            " o.exercise = r.exercise), count(*), (SELECT max(at) FROM runs o WHERE o.course = r.course AND"
            " o.exercise = r.exercise) FROM runs r WHERE course = :course GROUP BY exercise"
        )
        return {
            exercise: Best(score, points, bool(passed), runs, last)
            for exercise, score, points, passed, runs, last in rows
        }

    def misconceptions_met(self) -> list[Met]:
        """Return the misconceptions met so far, the most frequent first."""
        rows = self.rows(
            "SELECT misconception, count(exercise), group_concat(DISTINCT exercise), max(at), count(quiz),"
            " group_concat(DISTINCT quiz) FROM ("
            "  SELECT misconception, exercise, NULL AS quiz, at FROM met JOIN runs ON runs.id = met.run"
            "  WHERE course = :course UNION ALL"
            "  SELECT misconception, NULL, quiz, at FROM beliefs JOIN answers ON answers.id = beliefs.answer"
            "  JOIN sittings ON sittings.id = sitting WHERE course = :course"
            ") GROUP BY misconception ORDER BY count(*) DESC, misconception"
        )
        return [
            Met(belief, runs, _names(exercises), last, answers, _names(quizzes))
            for belief, runs, exercises, last, answers, quizzes in rows
        ]

    @cached_property
    def quizzes(self) -> QuizRecord:
        """Sittings and answers."""
        return QuizRecord(self)

    def reset(self) -> bool:
        """Forget this course; return False where there was no record to change."""

        def forget(db: sqlite3.Connection) -> bool:
            for table in OF_A_COURSE:
                db.execute(f"DELETE FROM {table} WHERE course = ?", (self.course,))
            return True

        return self.ask(forget, otherwise=False)


def _names(joined: str | None) -> tuple[str, ...]:
    return tuple(sorted(joined.split(","))) if joined else ()


def open_progress(course: str, environment: Mapping[str, str] | None = None, *, former: Sequence[str] = ()) -> Progress:
    """Return the record of one course, by its id, in GRADECHECK_DATA or where this system keeps such data.

    What stands there under one of its `former` ids is taken over.
    """
    folder = user_folder("data", os.environ if environment is None else environment)
    return Progress(folder, course, lambda sentence: print(sentence, file=sys.stderr), former)


def _as_text(path: Path) -> str:
    """Return an absolute path as it is kept: as it is, or as a URI where its bytes are no UTF-8."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return path.as_uri()
    return str(path)


def _as_path(text: str) -> Path:
    """Return the path that `_as_text` made a text of."""
    if not text.startswith(_URI):
        return Path(text)
    from urllib.parse import unquote_to_bytes

    return Path(os.fsdecode(unquote_to_bytes(text.removeprefix(_URI))))
