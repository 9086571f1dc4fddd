"""The gradebook's tables, one migration a version. The file's `user_version` says how many have been applied.

Append a migration to change them; never change one that has been released.
"""

from __future__ import annotations

import sqlite3

#: `grbk`: marks the file as a gradebook, so that another program's database is left alone.
APPLICATION = 0x6772626B

MIGRATIONS = (
    """
    CREATE TABLE about (         -- course, course_title: whose gradebook this is
        name TEXT PRIMARY KEY, value TEXT NOT NULL
    ) STRICT;
    CREATE TABLE task (          -- what was to be handed in, kind is exercise or quiz, position: order in the course
        task TEXT PRIMARY KEY, kind TEXT NOT NULL, title TEXT NOT NULL, file TEXT NOT NULL, points REAL NOT NULL,
        position INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE student (       -- folder: its name below reports/, system: canvas, moodle, … whose id system_id is
        student TEXT PRIMARY KEY, folder TEXT NOT NULL, folder_key TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
        system TEXT NOT NULL, system_id TEXT NOT NULL, email TEXT NOT NULL
    ) STRICT;
    CREATE TABLE result (        -- one row for every student and task, graded_at in UTC (ISO 8601), report is JSON
        student TEXT NOT NULL REFERENCES student, task TEXT NOT NULL REFERENCES task,
        status TEXT NOT NULL, score REAL NOT NULL, points REAL NOT NULL, passed INTEGER NOT NULL,
        misconceptions TEXT NOT NULL, late INTEGER NOT NULL, remarks TEXT NOT NULL, file TEXT NOT NULL,
        sha256 TEXT NOT NULL, graded_at TEXT NOT NULL, seconds REAL NOT NULL, key TEXT NOT NULL, report TEXT,
        PRIMARY KEY (student, task)
    ) STRICT;
    """,
)


class UnusableGradebook(Exception):
    """The file is there, and can't be used as a gradebook; the message is a sentence."""


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the file to the newest version; safe when two programs do it at once. Raises UnusableGradebook."""
    if version(connection) == len(MIGRATIONS):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for number, script in enumerate(MIGRATIONS[version(connection) :], start=version(connection) + 1):
            for statement in script.split(";"):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def version(connection: sqlite3.Connection) -> int:
    """How many migrations the file has had, read in one statement: another program may be at them."""
    application, applied, tables = connection.execute(
        "SELECT application_id, user_version, (SELECT count(*) FROM sqlite_schema)"
        " FROM pragma_application_id, pragma_user_version"
    ).fetchone()
    if application != APPLICATION and (applied or tables):
        raise UnusableGradebook("it is another program's database. Name another folder with --out")
    if applied > len(MIGRATIONS):
        raise UnusableGradebook("it was written by a newer gradecheck. Update this one")
    return int(applied)
