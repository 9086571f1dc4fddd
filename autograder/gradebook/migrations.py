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
    """
    CREATE TABLE kept (          -- what was handed in, so that it can be graded again, data and source are zlib's
        kept TEXT PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, data BLOB, source BLOB, modules TEXT NOT NULL,
        problem TEXT
    ) STRICT;
    CREATE TABLE decided (       -- every result ever, none is changed: why it was graded, by which exercise and engine
        id INTEGER PRIMARY KEY, student TEXT NOT NULL REFERENCES student, task TEXT NOT NULL REFERENCES task,
        attempt INTEGER NOT NULL, why TEXT NOT NULL, status TEXT NOT NULL, score REAL NOT NULL, points REAL NOT NULL,
        passed INTEGER NOT NULL, misconceptions TEXT NOT NULL, late INTEGER NOT NULL, remarks TEXT NOT NULL,
        file TEXT NOT NULL, sha256 TEXT NOT NULL, graded_at TEXT NOT NULL, seconds REAL NOT NULL, key TEXT NOT NULL,
        version TEXT NOT NULL, engine TEXT NOT NULL, handed_in TEXT NOT NULL, kept TEXT,
        came_as TEXT NOT NULL, report TEXT
    ) STRICT;
    CREATE INDEX decided_of ON decided (student, task);
    CREATE INDEX decided_for ON decided (task);
    CREATE TABLE override (      -- scores set by hand, none is changed: the last one holds, score NULL takes it back
        id INTEGER PRIMARY KEY, student TEXT NOT NULL REFERENCES student, task TEXT NOT NULL REFERENCES task,
        score REAL, reason TEXT NOT NULL, at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX override_of ON override (student, task);
    INSERT INTO decided (student, task, attempt, why, status, score, points, passed, misconceptions, late, remarks,
        file, sha256, graded_at, seconds, key, version, engine, handed_in, came_as, report)
        SELECT student, task, 1, 'it was graded before a history was kept', status, score, points, passed,
        misconceptions, late, remarks, file, sha256, graded_at, seconds, key, '', '', '', '', report
        FROM result WHERE status <> 'missing' ORDER BY student, task;
    ALTER TABLE result ADD COLUMN decided INTEGER REFERENCES decided;
    ALTER TABLE result ADD COLUMN attempt INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE result ADD COLUMN version TEXT NOT NULL DEFAULT '';
    ALTER TABLE result ADD COLUMN engine TEXT NOT NULL DEFAULT '';
    ALTER TABLE result ADD COLUMN handed_in TEXT NOT NULL DEFAULT '';
    ALTER TABLE result ADD COLUMN came_as TEXT NOT NULL DEFAULT '';
    ALTER TABLE result ADD COLUMN best REAL;
    UPDATE result SET attempt = 1, decided = (SELECT id FROM decided
        WHERE decided.student = result.student AND decided.task = result.task) WHERE status <> 'missing';
    ALTER TABLE result DROP COLUMN report;
    ALTER TABLE task ADD COLUMN version TEXT NOT NULL DEFAULT '';
    ALTER TABLE student ADD COLUMN section TEXT NOT NULL DEFAULT ''
    """,
    class_members.TABLES,
    """
    ALTER TABLE override ADD COLUMN points REAL; -- what the task was worth then
    UPDATE override SET points = (SELECT points FROM decided WHERE decided.student = override.student
        AND decided.task = override.task AND decided.graded_at <= override.at ORDER BY decided.id DESC LIMIT 1)
    """,
)

#: The application id is `grbk`.
SCHEMA = Schema(0x6772626B, MIGRATIONS)
