"""The gradebook's tables, one migration a version."""

from autograder.database import Schema
from autograder.gradebook import class_members

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
    class_members.TABLES,
)

#: The application id is `grbk`.
SCHEMA = Schema(0x6772626B, MIGRATIONS)
