"""The tables of the record, one migration a version. The file's `user_version` says how many have been applied.

To add tables, append a migration; never change one that has been released.
"""

from __future__ import annotations

import sqlite3

APPLICATION = 0x67726164
"""`grad`: marks the file as ours, so that another program's database is left alone."""

MIGRATIONS = (
    """
    CREATE TABLE hints (         -- how many of an exercise's hints were shown
        course TEXT NOT NULL, exercise TEXT NOT NULL, shown INTEGER NOT NULL,
        PRIMARY KEY (course, exercise)
    ) STRICT;
    CREATE TABLE starts (        -- where the student works on an exercise
        course TEXT NOT NULL, exercise TEXT NOT NULL, path TEXT NOT NULL, at TEXT NOT NULL,
        PRIMARY KEY (course, exercise)
    ) STRICT;
    CREATE TABLE runs (          -- one row a graded file, `at` in UTC (ISO 8601)
        id INTEGER PRIMARY KEY, course TEXT NOT NULL, exercise TEXT NOT NULL, score REAL NOT NULL, points REAL NOT NULL,
        passed INTEGER NOT NULL, sha256 TEXT NOT NULL, at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX runs_of_exercise ON runs (course, exercise);
    CREATE TABLE met (           -- the misconceptions that a run showed
        run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE, misconception TEXT NOT NULL,
        PRIMARY KEY (run, misconception)
    ) STRICT;
    """,
    """
    CREATE TABLE quiz_seeds (    -- which variants of a course's questions this student meets
        course TEXT PRIMARY KEY, seed INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE sittings (      -- one walk through a quiz (part: all or missed), ended with its last answer
        id INTEGER PRIMARY KEY, course TEXT NOT NULL, quiz TEXT NOT NULL, seed INTEGER NOT NULL, part TEXT NOT NULL,
        begun TEXT NOT NULL, ended TEXT
    ) STRICT;
    CREATE INDEX sittings_of_quiz ON sittings (course, quiz);
    CREATE TABLE answers (       -- one answer a question and sitting, given is JSON (choices, or a number as typed)
        id INTEGER PRIMARY KEY, sitting INTEGER NOT NULL REFERENCES sittings ON DELETE CASCADE, question TEXT NOT NULL,
        given TEXT NOT NULL, mark REAL NOT NULL, points REAL NOT NULL, seconds REAL NOT NULL, at TEXT NOT NULL,
        UNIQUE (sitting, question)
    ) STRICT;
    CREATE TABLE beliefs (       -- the misconceptions that an answer showed
        answer INTEGER NOT NULL REFERENCES answers ON DELETE CASCADE, misconception TEXT NOT NULL,
        PRIMARY KEY (answer, misconception)
    ) STRICT;
    """,
    """
    CREATE TABLE reports (       -- the last report on an exercise, as JSON
        course TEXT NOT NULL, exercise TEXT NOT NULL, report TEXT NOT NULL,
        PRIMARY KEY (course, exercise)
    ) STRICT;
    """,
)


class UnusableRecord(Exception):
    """The file is there, and isn't one that this version can use; the message is a sentence."""


def migrate(connection: sqlite3.Connection) -> None:
    """Brings the file to the newest version; safe when two programs do it at once."""
    if _version(connection) == len(MIGRATIONS):
        return
    connection.execute("BEGIN IMMEDIATE")
    version = _version(connection)
    for number, script in enumerate(MIGRATIONS[version:], start=version + 1):
        for statement in script.split(";"):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {number}")
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute("COMMIT")


def _version(connection: sqlite3.Connection) -> int:
    # One statement, so that another terminal's migration is seen whole or not at all.
    application, version, tables = connection.execute(
        "SELECT application_id, user_version, (SELECT count(*) FROM sqlite_schema)"
        " FROM pragma_application_id, pragma_user_version"
    ).fetchone()
    if application != APPLICATION and (version or tables):
        raise UnusableRecord("it is another program's database")
    if version > len(MIGRATIONS):
        raise UnusableRecord("it was written by a newer gradecheck; update this one")
    return int(version)
