"""The tables of the student's record, one migration a version."""

from autograder.database import Schema

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
    CREATE TABLE sittings (      -- one walk through a quiz (part: all, missed or practice), ended with its last answer
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

#: The application id is `grad`.
SCHEMA = Schema(0x67726164, MIGRATIONS)
