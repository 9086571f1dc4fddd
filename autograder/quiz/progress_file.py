"""A student's progress file (SQLite) as files of answers, one a quiz.

The file is a stranger's. It is read from memory, so no path in it is followed; only plain tables are asked, with a
limit on time and rows; and no mark in it is taken over. It must not know what becomes of the answers.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from typing import Any

import msgspec

from autograder.language import tr
from autograder.quiz.answers import AnswerFile, RecordedAnswer, UnreadableAnswers

HEADER = b"SQLite format 3\0"
#: Years of exercises and quizzes fit into a file of this many bytes.
LARGEST = 16 << 20
_SECONDS = 5.0
_MOST = 20_000
_TABLES = {"sittings", "answers", "quiz_seeds"}
_ANSWERS = (
    "SELECT course, quiz, question, given, sittings.seed, seconds, at FROM answers JOIN sittings"
    f" ON sittings.id = sitting ORDER BY answers.id LIMIT {_MOST}"
)


def is_progress_file(data: bytes) -> bool:
    """Return whether these are the first bytes of a progress file, as far as they tell."""
    return data.startswith(HEADER)


def answer_files(data: bytes) -> list[AnswerFile]:
    """Return a progress file's answers, one AnswerFile a course and quiz, oldest first. Raises UnreadableAnswers."""
    if len(data) > LARGEST:
        raise UnreadableAnswers(tr("This progress file is too large."))
    try:
        with closing(_open(data)) as db:
            seeds = dict(db.execute(f"SELECT course, seed FROM quiz_seeds LIMIT {_MOST}"))
            return list(_files(db.execute(_ANSWERS), seeds))
    except (sqlite3.Error, OverflowError, ValueError) as error:
        reason = type(error).__name__
        raise UnreadableAnswers(tr("This progress file can't be read ({reason}).", reason=reason)) from None


def _open(data: bytes) -> sqlite3.Connection:
    # Bytes 18 and 19 say that a log belongs to the file, which a copy in memory can't have.
    if not is_progress_file(data) or len(data) < 100:
        raise UnreadableAnswers(tr("This is no progress file."))
    data = data[:18] + b"\1\1" + data[20:]
    db = sqlite3.connect(":memory:", isolation_level=None)
    deadline = time.monotonic() + _SECONDS
    db.set_progress_handler(lambda: time.monotonic() > deadline, 10_000)
    db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 1 << 20)
    db.deserialize(data)
    for pragma in ("trusted_schema = OFF", "query_only = ON", "cell_size_check = ON"):
        db.execute(f"PRAGMA {pragma}")
    plain = {name for kind, name in db.execute("SELECT type, name FROM pragma_table_list") if kind == "table"}
    if not plain >= _TABLES:
        raise UnreadableAnswers(tr("This progress file holds no answers to quizzes."))
    return db


def _files(rows: Iterator[tuple[Any, ...]], seeds: Mapping[str, Any]) -> Iterator[AnswerFile]:
    answers: dict[tuple[str, str], list[RecordedAnswer]] = {}
    attempts: dict[tuple[str, str, str], int] = {}
    for course, quiz, question, given, seed, seconds, at in rows:
        attempt = attempts[course, quiz, question] = attempts.get((course, quiz, question), 0) + 1
        answers.setdefault((course, quiz), []).append(
            RecordedAnswer(question, msgspec.json.decode(given), seed, attempt, seconds, at)
        )
    for (course, quiz), listed in answers.items():
        file = AnswerFile(1, course, quiz, tuple(listed), seed=seeds.get(course, 0))
        try:
            yield msgspec.convert(msgspec.to_builtins(file), AnswerFile)
        except (msgspec.ValidationError, TypeError):
            raise UnreadableAnswers(tr("This progress file holds answers that gradecheck didn't write.")) from None
