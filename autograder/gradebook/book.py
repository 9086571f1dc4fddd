"""The gradebook: one SQLite file with one row for every student and task, each committed as soon as it is known.

Everything else that a batch writes is made from it. It must not know how a submission was found or graded.

    with Gradebook.read(path) as gradebook:
        for result, report in gradebook.reports():
            ...
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import msgspec

from autograder import database
from autograder.course.tasks import Kind, Task
from autograder.database import UnusableDatabase, transaction
from autograder.gradebook.class_members import ClassMembers
from autograder.gradebook.folders import folder_names, same_folder
from autograder.gradebook.migrations import SCHEMA
from autograder.grading.report import Report
from autograder.misuse import Misuse

Status = Literal["graded", "missing", "unreadable", "crashed"]
#: Seconds to wait for another batch that is just writing.
_PATIENCE = 60.0
_PAGE = 200
_COLUMNS = (
    "student, task, status, score, points, passed, misconceptions, late, remarks, file, sha256, graded_at, seconds, key"
)


class UnusableGradebook(Misuse):
    """There is no gradebook there that could be used; the text is a sentence."""


class GradebookTask(msgspec.Struct, frozen=True):
    """What was to be handed in, as the course said when it was graded last."""

    id: str
    kind: Kind
    title: str
    file: str
    points: float


class GradebookStudent(msgspec.Struct, frozen=True):
    """A student: `student` is unique, `folder` is the safe name of the folder below reports/.

    `system` ("canvas", "moodle", "gradescope", "nbgrader", "github" or empty) says whose id `system_id` is; `name` and
    `email` are empty where the system didn't tell, `section` where no table and no folder did.
    """

    student: str
    folder: str
    name: str
    system: str
    system_id: str
    email: str
    section: str = ""


class Result(msgspec.Struct, frozen=True):
    """One row. `graded_at` is UTC in ISO 8601; `sha256` and `file` are those of the submission, empty if there is none.

    `remarks` are plain sentences for the instructor, and can quote a student's file name. `key` is what the result
    depends on, as one hash.
    """

    student: str
    exercise: str
    status: Status
    score: float
    points: float
    passed: bool = False
    misconceptions: list[str] = []
    late: bool = False
    remarks: list[str] = []
    file: str = ""
    sha256: str = ""
    graded_at: str = ""
    seconds: float = 0.0
    key: str = ""


class Gradebook:
    """An open gradebook; a context manager. Raises UnusableGradebook where the file can't be used."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection, self.path = connection, path
        self.members = ClassMembers(connection)

    @classmethod
    def open(cls, path: Path) -> Gradebook:
        """Return the gradebook at `path`, made if it isn't there; several programs may have it open."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UnusableGradebook(f"{path.parent} can't be made: {error.strerror}.") from error
        return cls._connect(path, _prepare)

    @classmethod
    def read(cls, path: Path) -> Gradebook:
        """Return an existing gradebook or the folder of one, for reading only; a batch may go on writing meanwhile."""
        path = path / "gradebook.db" if path.is_dir() else path
        if not path.is_file():
            raise UnusableGradebook(f"There is no gradebook {path}. `gradecheck batch` makes one.")
        uri = path.resolve().as_uri()
        try:
            return cls._connect(path, _require_tables, f"{uri}?mode=ro")
        except UnusableGradebook as problem:
            if not isinstance(problem.__cause__, sqlite3.OperationalError):
                raise
        # A folder that can't be written has no room for WAL's own files; then nobody is writing either.
        return cls._connect(path, _require_tables, f"{uri}?immutable=1")

    @classmethod
    def _connect(cls, path: Path, check: Callable[[sqlite3.Connection], object], uri: str = "") -> Gradebook:
        connection = None
        try:
            connection = sqlite3.connect(uri or path, uri=bool(uri), timeout=_PATIENCE, isolation_level=None)
            check(connection)
        except (sqlite3.Error, UnusableDatabase) as problem:
            if connection is not None:
                connection.close()
            reason = database.describe(problem, patience=_PATIENCE)
            raise UnusableGradebook(f"{path} can't be used: {reason}.") from problem
        return cls(connection, path)

    # Writing

    def describe(self, course_id: str, course_title: str, tasks: Iterable[tuple[int, Task]]) -> None:
        """Note whose gradebook this is, and the tasks with their positions. Raises UnusableGradebook if another's."""
        with transaction(self._connection):
            known = dict(self._connection.execute("SELECT name, value FROM about"))
            if known.get("course", course_id) != course_id:
                title = known.get("course_title", known["course"])
                raise UnusableGradebook(f"{self.path} belongs to the course {title!r}. Name another folder with --out.")
            about = [("course", course_id), ("course_title", course_title)]
            self._connection.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", about)
            self._connection.executemany(
                "INSERT INTO task VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO UPDATE"
                " SET kind = ?2, title = ?3, file = ?4, points = ?5, position = ?6",
                [(task.id, task.kind, task.title, task.file, task.points, position) for position, task in tasks],
            )

    def enrol(self, students: Iterable[tuple[str, str, str, str, str]]) -> None:
        """Note students (key, name, system, id there, email), and give each a folder that no other has."""
        with transaction(self._connection):
            taken = dict(self._connection.execute("SELECT folder_key, student FROM student"))
            for key, *about in students:
                folder = next(name for name in folder_names(key) if taken.get(same_folder(name), key) == key)
                taken[same_folder(folder)] = key
                self._connection.execute(
                    "INSERT INTO student VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (student) DO UPDATE"
                    " SET name = ?4, system = ?5, system_id = ?6, email = ?7",
                    (key, folder, same_folder(folder), *about),
                )

    def record(self, result: Result, report: bytes | None, before_commit: Callable[[], None] = lambda: None) -> None:
        """Keep one result and its Report (JSON); `before_commit` is called while no other batch can write."""
        row = (
            result.student, result.exercise, result.status, result.score, result.points, result.passed,
            _json(result.misconceptions), result.late, _json(result.remarks), result.file, result.sha256,
            result.graded_at or now(), result.seconds, result.key, None if report is None else report.decode(),
        )  # fmt: skip
        with transaction(self._connection):
            self._connection.execute(
                f"INSERT OR REPLACE INTO result ({_COLUMNS}, report) VALUES ({', '.join('?' * len(row))})", row
            )
            before_commit()

    def record_missing(self, student: str, task: Task, remarks: Sequence[str]) -> Result:
        """Note that nothing came; the row that then stands, which is the earlier one if something came before."""
        missing = Result(student, task.id, "missing", 0.0, task.points, remarks=list(remarks), graded_at=now())
        with transaction(self._connection):
            self._connection.execute(
                f"INSERT INTO result ({_COLUMNS}) VALUES (?1, ?2, 'missing', 0, ?3, 0, '[]', 0, ?4, '', '', ?5, 0, '')"
                " ON CONFLICT DO UPDATE SET points = ?3, remarks = ?4, graded_at = ?5"
                " WHERE status = 'missing' AND (points, remarks) IS NOT (?3, ?4)",
                (student, task.id, task.points, _json(missing.remarks), missing.graded_at),
            )
        return self.result(student, task.id) or missing

    def touch(self, student: str, exercise: str, late: bool, remarks: Sequence[str]) -> None:
        """Renew what was said about how a hand-in was found; its result stands."""
        with transaction(self._connection):
            self._connection.execute(
                "UPDATE result SET late = ?, remarks = ? WHERE student = ? AND task = ?",
                (late, _json(list(remarks)), student, exercise),
            )

    def complete(self) -> int:
        """Add a `missing` row for every student and task that has none; return how many there were."""
        with transaction(self._connection):
            added = self._connection.execute(
                f"INSERT INTO result ({_COLUMNS}) SELECT student, task, 'missing', 0, points, 0, '[]', 0, '[]', '', '',"
                " ?, 0, '' FROM student CROSS JOIN task WHERE true ON CONFLICT DO NOTHING",
                (now(),),
            )
            return added.rowcount

    # Reading

    @property
    def course(self) -> tuple[str, str]:
        """The course's id and title."""
        about = dict(self._connection.execute("SELECT name, value FROM about"))
        return about.get("course", ""), about.get("course_title", "")

    def tasks(self) -> list[GradebookTask]:
        """Return what was to be handed in, in the order of the course."""
        rows = self._connection.execute("SELECT task, kind, title, file, points FROM task ORDER BY position, task")
        return [GradebookTask(*row) for row in rows]

    def students(self) -> Iterator[GradebookStudent]:
        """Yield every student, in the order of their names."""
        columns = "student, folder, name, system, system_id, email"
        for row in self._paged(f"SELECT {columns} FROM student WHERE student > ? ORDER BY student LIMIT ?", ("",)):
            yield GradebookStudent(*(*row, self.members.section(row[0])))

    def result(self, student: str, exercise: str) -> Result | None:
        """Return one row."""
        query = f"SELECT {_COLUMNS} FROM result WHERE student = ? AND task = ?"
        row = self._connection.execute(query, (student, exercise)).fetchone()
        return None if row is None else _result(row)

    def report(self, student: str, exercise: str) -> Report | None:
        """Return one row's Report, if it has one."""
        query = "SELECT report FROM result WHERE student = ? AND task = ?"
        row = self._connection.execute(query, (student, exercise)).fetchone()
        return None if row is None else _report(row[0])

    def results(self, exercise: str | None = None) -> Iterator[Result]:
        """Yield every row (of one exercise), by student and exercise, a page at a time: memory stays flat."""
        for row in self._pages(_COLUMNS, exercise):
            yield _result(row)

    def reports(self, exercise: str | None = None) -> Iterator[tuple[Result, Report | None]]:
        """Yield the same with each row's Report, which is None where nothing could be graded."""
        for row in self._pages(f"{_COLUMNS}, report", exercise):
            yield _result(row[:-1]), _report(row[-1])

    def folder(self, student: str) -> str:
        """Return the name of an enrolled student's folder below reports/."""
        query = "SELECT folder FROM student WHERE student = ?"
        return str(self._connection.execute(query, (student,)).fetchone()[0])

    def _pages(self, columns: str, exercise: str | None) -> Iterator[tuple[Any, ...]]:
        chosen = "" if exercise is None else " AND task = :task"
        query = (
            f"SELECT {columns} FROM result WHERE (student, task) > (:student, :last){chosen}"
            f" ORDER BY student, task LIMIT {_PAGE}"
        )
        last = {"student": "", "last": "", "task": exercise}
        while rows := self._connection.execute(query, last).fetchall():
            yield from rows
            last["student"], last["last"] = rows[-1][:2]

    def _paged(self, query: str, after: tuple[str]) -> Iterator[tuple[Any, ...]]:
        while rows := self._connection.execute(query, (*after, _PAGE)).fetchall():
            yield from rows
            after = (rows[-1][0],)

    # Ends

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> Gradebook:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


def now() -> str:
    """This moment in UTC, ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _require_tables(connection: sqlite3.Connection) -> None:
    if database.version(connection, SCHEMA) == 0:
        raise UnusableDatabase("it is empty: a batch has only begun to make it")


def _prepare(connection: sqlite3.Connection) -> None:
    database.prepare(connection, SCHEMA)
    # A commit also survives a loss of power: what was running then is all that is lost.
    connection.execute("PRAGMA synchronous = FULL")


def _result(row: Sequence[Any]) -> Result:
    student, task, status, score, points, passed, misconceptions, late, remarks, *rest = row
    listed = msgspec.json.decode(misconceptions), bool(late), msgspec.json.decode(remarks)
    return Result(student, task, status, score, points, bool(passed), *listed, *rest)


def _report(text: str | None) -> Report | None:
    return None if text is None else Report.from_json(text)


def _json(value: list[str]) -> str:
    return msgspec.json.encode(value).decode()
