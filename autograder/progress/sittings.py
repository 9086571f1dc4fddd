"""The quiz part of a student's record: sittings, and every answer the moment it is given.

A sitting is one walk through a quiz. Its answers are committed one by one, so neither Ctrl-C nor a killed terminal
takes any back; two terminals share an unfinished sitting, and the first answer to a question stays. It must not know
what a question is, nor judge an answer.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from typing import Any, Literal, TypeAlias

import msgspec

from autograder.database import numbered
from autograder.progress.record_file import RecordFile, now

Part: TypeAlias = Literal["all", "missed", "practice"]


class Sitting(msgspec.Struct, frozen=True):
    """One walk through a quiz; `id` is None where the record can't be kept."""

    id: int | None
    quiz: str
    seed: int
    part: Part = "all"


class Answered(msgspec.Struct, frozen=True):
    """One answer as it was given (ids of choices, or a number as typed), what it earned, when and within what time.

    `sitting` is 0 where the record can't be kept.
    """

    quiz: str
    sitting: int
    seed: int
    question: str
    given: tuple[str, ...] | str
    mark: float
    points: float
    misconceptions: tuple[str, ...]
    seconds: float
    at: str = ""


class Standing(msgspec.Struct, frozen=True):
    """How far a quiz is: points of the first and of the latest answers, and which questions' latest fell short."""

    answered: int
    first: float
    latest: float
    missed: frozenset[str]


class QuizRecord:
    """The quizzes of one course in the record."""

    def __init__(self, record: RecordFile) -> None:
        self._record, self._course = record, record.course
        self._drawn = int.from_bytes(os.urandom(4), "big")

    def seed(self) -> int:
        """Return the student's own seed for this course, drawn when it is first asked for."""

        def ask(db: sqlite3.Connection) -> int:
            db.execute("INSERT OR IGNORE INTO quiz_seeds VALUES (?, ?)", (self._course, self._drawn))
            return int(db.execute("SELECT seed FROM quiz_seeds WHERE course = ?", (self._course,)).fetchone()[0])

        return self._record.ask(ask, otherwise=self._drawn)

    def sit(self, quiz: str, seed: int | None, part: Part = "all") -> Sitting:
        """Return the unfinished sitting of the whole quiz (with this seed, if one is named), or a new one.

        Another part than the whole always begins anew.
        """
        chosen = self.seed() if seed is None else seed

        def begin(db: sqlite3.Connection) -> Sitting:
            row = db.execute(
                "SELECT id, seed FROM sittings WHERE course = ?1 AND quiz = ?2 AND part = 'all' AND ended IS NULL"
                " AND (?3 IS NULL OR seed = ?3) ORDER BY id DESC LIMIT 1",
                numbered(self._course, quiz, seed),
            ).fetchone()
            if row is None or part != "all":
                number = db.execute(
                    "INSERT INTO sittings (course, quiz, seed, part, begun) VALUES (?, ?, ?, ?, ?)",
                    (self._course, quiz, chosen, part, now()),
                ).lastrowid
                row = (number, chosen)
            return Sitting(row[0], quiz, row[1], part)

        return self._record.ask(begin, otherwise=Sitting(None, quiz, chosen, part))

    def finished(self, quiz: str, seed: int | None) -> bool:
        """Whether `sit` would begin the quiz once more: it was finished, and no sitting of it is open."""
        rows = self._record.rows(
            "SELECT ended IS NULL FROM sittings WHERE course = :course AND quiz = :quiz AND part = 'all'"
            " AND (:seed IS NULL OR seed = :seed)",
            quiz=quiz, seed=seed,
        )  # fmt: skip
        return bool(rows) and not any(is_open for (is_open,) in rows)

    def add(self, answer: Answered) -> bool:
        """Keep an answer, given now; False if the question was answered in this sitting before: that answer stays."""
        if not answer.sitting:
            return True
        given, seconds = msgspec.json.encode(answer.given).decode(), round(answer.seconds, 1)
        row = (answer.sitting, answer.question, given, answer.mark, answer.points, seconds, now())
        beliefs = sorted(set(answer.misconceptions))

        def add(db: sqlite3.Connection) -> bool:
            added = db.execute(
                "INSERT INTO answers (sitting, question, given, mark, points, seconds, at) VALUES (?, ?, ?, ?, ?, ?, ?)"
                " ON CONFLICT DO NOTHING",
                row,
            )
            if added.rowcount:
                db.executemany("INSERT INTO beliefs VALUES (?, ?)", [(added.lastrowid, belief) for belief in beliefs])
            return bool(added.rowcount)

        return self._record.ask(add, otherwise=True)

    def end(self, sitting: Sitting) -> None:
        """Note that every question of the sitting has its answer."""
        values = (now(), sitting.id)
        self._record.ask(lambda db: db.execute("UPDATE sittings SET ended = ? WHERE id = ?", values), otherwise=None)

    def answers(self, quiz: str | None = None, sitting: Sitting | None = None) -> list[Answered]:
        """Return every answer (to one quiz, of one sitting), the oldest first."""
        rows = self._record.rows(
            "SELECT quiz, sitting, seed, question, given, mark, points,"
            " (SELECT json_group_array(misconception) FROM beliefs WHERE answer = answers.id), seconds, at"
            " FROM answers JOIN sittings ON sittings.id = sitting WHERE course = :course"
            " AND (:quiz IS NULL OR quiz = :quiz) AND (:sitting IS NULL OR sitting = :sitting) ORDER BY answers.id",
            quiz=quiz, sitting=sitting.id if sitting else None,
        )  # fmt: skip
        return [_answered(row) for row in rows]

    def counted(self, quiz: str | None = None) -> list[Answered]:
        """Return the answers that count for a quiz: those of practice only once the quiz itself asked the question."""
        found = self._record.rows("SELECT id FROM sittings WHERE course = :course AND part = 'practice'")
        practised, asked, counted = {number for (number,) in found}, set[tuple[str, str]](), list[Answered]()
        for answer in self.answers(quiz):
            question = answer.quiz, answer.question
            if answer.sitting not in practised:
                asked.add(question)
            if question in asked:
                counted.append(answer)
        return counted

    def standings(self) -> dict[str, Standing]:
        """Return how far every quiz is that was ever begun."""
        by_quiz: dict[str, list[Answered]] = {}
        for answer in self.counted():
            by_quiz.setdefault(answer.quiz, []).append(answer)
        return {quiz: _standing(answers) for quiz, answers in by_quiz.items()}


def first_answers(answers: Iterable[Answered]) -> dict[str, Answered]:
    """Return the first answer to every question: what statistics count."""
    first: dict[str, Answered] = {}
    for answer in answers:
        first.setdefault(answer.question, answer)
    return first


def latest_answers(answers: Iterable[Answered]) -> dict[str, Answered]:
    """Return the latest answer to every question: what was missed, and what a review shows."""
    return {answer.question: answer for answer in answers}


def _answered(row: tuple[Any, ...]) -> Answered:
    quiz, sitting, seed, question, given, mark, points, beliefs, seconds, at = row
    answer = msgspec.json.decode(given)
    kept = answer if isinstance(answer, str) else tuple(answer)
    return Answered(quiz, sitting, seed, question, kept, mark, points, tuple(msgspec.json.decode(beliefs)), seconds, at)


def _standing(answers: list[Answered]) -> Standing:
    first, latest = first_answers(answers), latest_answers(answers)
    return Standing(
        answered=len(latest),
        first=sum(answer.mark for answer in first.values()),
        latest=sum(answer.mark for answer in latest.values()),
        missed=frozenset(name for name, answer in latest.items() if answer.mark < answer.points),
    )
