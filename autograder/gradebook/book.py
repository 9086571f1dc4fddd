"""The gradebook: one SQLite file with one row for every student and task, each committed as soon as it is known.

Everything else that a batch writes is made from it. It must not know how a submission was found or graded.

    with Gradebook.read(path) as gradebook:
        for result, report in gradebook.reports():
            ...
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from secrets import token_hex
from types import MappingProxyType
from typing import Any

import msgspec
from msgspec.structs import replace

from autograder import database
from autograder.course.authored import convert
from autograder.course.policy_model import PolicyFile
from autograder.course.tasks import Task
from autograder.database import UnusableDatabase, numbered, transaction
from autograder.gradebook.class_members import ClassMembers
from autograder.gradebook.folders import folder_names, same_folder
from autograder.gradebook.history import Decision, History, Override
from autograder.gradebook.migrations import SCHEMA
from autograder.gradebook.policy import NO_POLICY, choose, due, lateness, penalty
from autograder.gradebook.rows import GradebookStudent, GradebookTask, Result, is_outdated, set_by_hand
from autograder.grading.report import Report
from autograder.grading.submission import Submission
from autograder.language import tr
from autograder.misuse import Misuse
from autograder.roster.people import words
from autograder.whole_file import hide_from_others

#: Seconds to wait for another batch that is just writing.
_PATIENCE = 60.0
#: What a row takes over from the result that counts.
_COPIED = (
    "student, task, status, score, points, passed, misconceptions, late, remarks, file, sha256, graded_at, seconds,"
    " key, attempt, version, engine, handed_in, came_as"
)
_COLUMNS = f"{_COPIED}, best"
_STUDENT = "student, folder, name, system, system_id, email, section"
_ADD_MISSING = (
    "INSERT INTO result (student, task, status, score, points, passed, misconceptions, late, remarks, file, sha256,"
    " graded_at, seconds, key)"
)
_REPORT = "(SELECT report FROM decided WHERE decided.id = result.decided)"
_NONE: Mapping[str, str] = MappingProxyType({})
_SET_BY_HAND = (
    "(SELECT json_array(score, reason, override.points) FROM override WHERE override.student = result.student"
    " AND override.task = result.task ORDER BY id DESC LIMIT 1)"
)


class UnusableGradebook(Misuse):
    """There is no gradebook there that could be used; the text is a sentence."""


def _unusable(path: Path, problem: Exception) -> UnusableGradebook:
    reason = database.describe(problem, patience=_PATIENCE)
    return UnusableGradebook(tr("{path} can't be used: {reason}.", path=path, reason=reason))


class UnknownStudent(Misuse):
    """Nobody, or more than one, has that name; the text is a sentence or two."""


class Gradebook:
    """An open gradebook; a context manager. Raises UnusableGradebook where the file can't be used."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection, self.path = connection, path
        self.history = History(connection)
        self.members = ClassMembers(connection)
        self._known: tuple[PolicyFile, dict[str, GradebookTask]] | None = None

    @classmethod
    def open(cls, path: Path) -> Gradebook:
        """Return the gradebook at `path`, made if it isn't there; several programs may have it open."""
        try:
            if not path.parent.exists():
                path.parent.mkdir(parents=True, exist_ok=True)  # another batch may just be making it
                hide_from_others(path.parent)
            path.touch(0o660)
            hide_from_others(path)
        except OSError as error:
            said = tr("{path} can't be written: {reason}. Name a folder that you may write to with --out.",
                      path=path, reason=error.strerror)  # fmt: skip
            raise UnusableGradebook(said) from error
        return cls._connect(path, _prepare)

    @classmethod
    def change(cls, path: Path) -> Gradebook:
        """Return an existing gradebook or the folder of one, to be written to."""
        return cls._connect(existing(path), _prepare)

    @classmethod
    def read(cls, path: Path) -> Gradebook:
        """Return an existing gradebook or the folder of one, for reading only; a batch may go on writing meanwhile."""
        path = existing(path)
        uri = path.resolve().as_uri()
        try:
            return cls._connect(path, _require_tables, f"{uri}?mode=ro")
        except UnusableGradebook as problem:
            if isinstance(problem.__cause__, _Older):
                cls.change(path).close()
                return cls.read(path)
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
            raise _unusable(path, problem) from problem
        return cls(connection, path)

    # Writing

    def describe(
        self,
        course_id: str,
        course_title: str,
        tasks: Iterable[tuple[int, Task]],
        versions: Mapping[str, str] = _NONE,
        former_ids: Sequence[str] = (),
    ) -> None:
        """Note whose gradebook this is, and the tasks with their positions. Raises UnusableGradebook if another's.

        A course may have had `former_ids`.
        """
        with self._writing():
            known = dict(self._connection.execute("SELECT name, value FROM about"))
            if known.get("course", course_id) not in (course_id, *former_ids):
                title = known.get("course_title", known["course"])
                said = tr(
                    "{path} belongs to the course {title!r}. Name another folder with --out; or, if this is that course"
                    " under a mended title, write 'id: {id}' into its course.yaml.",
                    path=self.path, title=title, id=known["course"],
                )  # fmt: skip
                raise UnusableGradebook(said)
            about = [("course", course_id), ("course_title", course_title)]
            self._connection.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", about)
            self._connection.executemany(
                "INSERT INTO task VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO UPDATE"
                " SET kind = ?2, title = ?3, file = ?4, points = ?5, position = ?6, version = ?7",
                [
                    numbered(
                        task.id, task.kind, task.title, task.file, task.points, position, versions.get(task.id, "")
                    )
                    for position, task in tasks
                ],
            )
        self._known = None

    def enrol(self, students: Iterable[tuple[str, ...]]) -> None:
        """Note students (key, name, system, id there, email, and section if they have one), each with a folder that no
        other has.
        """
        with self._writing():
            taken = dict(self._connection.execute("SELECT folder_key, student FROM student"))
            for key, *about in students:
                folder = next(name for name in folder_names(key) if taken.get(same_folder(name), key) == key)
                taken[same_folder(folder)] = key
                section = about[4] if len(about) > 4 else ""
                self._connection.execute(
                    "INSERT INTO student VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (student) DO UPDATE"
                    " SET name = ?4, system = ?5, system_id = ?6, email = ?7, section = iif(?8 = '', section, ?8)",
                    numbered(key, folder, same_folder(folder), *about[:4], section),
                )
        self._known = None

    def record(
        self,
        result: Result,
        report: bytes | None,
        before_commit: Callable[[], None] = lambda: None,
        *,
        submission: Submission | None = None,
        why: str = "",
        kept: str | None = None,
    ) -> Result:
        """Keep one result and its Report (JSON) for good, and return the row that then counts.

        `why` it was graded is a clause; `submission` is what was handed in, unless it is `kept` already. Without an
        `attempt` the file is a new one if the last attempt had another. `before_commit` is called while no other batch
        can write, when the row can be read.
        """
        with self._writing():
            attempts = self.history.attempts(result.student, result.exercise)
            if kept is None and submission is not None:
                kept = self.history.keep(submission)
            decision = _decision(result, attempts, why, kept)
            self.history.add(decision, None if report is None else report.decode())
            self._settle(result.student, result.exercise)
            before_commit()
        return self.result(result.student, result.exercise) or result

    def settle(self) -> None:
        """Choose anew everywhere which attempt counts: the policy has changed."""
        with self._writing():
            for student, task in self._connection.execute("SELECT DISTINCT student, task FROM decided").fetchall():
                self._settle(student, task)

    def _settle(self, student: str, task: str) -> None:
        """Make the row of the attempt that counts."""
        attempts = self.history.attempts(student, task)
        counting = attempts[choose(attempts, self.policy, self.due(student, task))]
        same_scale = [
            each.score
            for each in self.history.of(student, task)
            if each.status == "graded" and each.points == counting.points and each.version in (counting.version, "")
        ]
        self._connection.execute(
            f"INSERT OR REPLACE INTO result ({_COLUMNS}, decided) SELECT {_COPIED}, ?, id FROM decided WHERE id = ?",
            (max(same_scale, default=None), counting.id),
        )

    def adopt(self, policy: PolicyFile) -> bool:
        """Let this policy hold from now on; return whether it is another one."""
        if policy == self.policy:
            return False
        with self._writing():
            written = msgspec.json.encode(policy, enc_hook=str).decode()
            self._connection.execute("INSERT OR REPLACE INTO about VALUES ('policy', ?)", (written,))
        self._known = None
        self.settle()
        return True

    def hide_names(self, hide: bool) -> None:
        """Say whether class.html names nobody; whoever is hidden is in an order of chance there."""
        with self._writing():
            if not hide:
                self._connection.execute("DELETE FROM about WHERE name = 'anonymous'")
            else:
                self._connection.execute("INSERT OR IGNORE INTO about VALUES ('anonymous', ?)", (token_hex(16),))

    def override(self, student: str, task: str, score: float | None, reason: str) -> None:
        """Set a score by hand, with its reason, or take it back with None. Raises UnusableGradebook if the file can't
        be written.
        """
        points = self.task(task).points
        with self._writing():
            self.history.override(Override(student, task, score, reason, now(), points))

    def forget(self, student: str) -> None:
        """Delete everything about a student, also from the free space of the file."""
        with self._writing():
            # Whatever table has something of a student, the one that says who there is comes last.
            tables = self._connection.execute(
                "SELECT m.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'"
                " AND c.name = 'student' ORDER BY m.name = 'student', m.name = 'decided'"
            ).fetchall()
            for (table,) in tables:
                self._connection.execute(f"DELETE FROM {table} WHERE student = ?", (student,))
            self.history.forget_unused()
        self._connection.execute("VACUUM")
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._known = None

    def record_missing(self, student: str, task: Task, remarks: Sequence[str]) -> Result:
        """Note that nothing came; the row that then stands, which is the earlier one if something came before."""
        missing = Result(student, task.id, "missing", 0.0, task.points, remarks=list(remarks), graded_at=now())
        with self._writing():
            self._connection.execute(
                f"{_ADD_MISSING} VALUES (?1, ?2, 'missing', 0, ?3, 0, '[]', 0, ?4, '', '', ?5, 0, '')"
                " ON CONFLICT DO UPDATE SET points = ?3, remarks = ?4, graded_at = ?5"
                " WHERE status = 'missing' AND (points, remarks) IS NOT (?3, ?4)",
                numbered(student, task.id, task.points, _json(missing.remarks), missing.graded_at),
            )
        return self.result(student, task.id) or missing

    def touch(self, student: str, exercise: str, late: bool, remarks: Sequence[str]) -> None:
        """Renew what was said about how a hand-in was found; its result stands."""
        with self._writing():
            self._connection.execute(
                "UPDATE result SET late = ?1, remarks = ?2 WHERE student = ?3 AND task = ?4"
                " AND (late, remarks) IS NOT (?1, ?2)",
                numbered(late, _json(list(remarks)), student, exercise),
            )

    def complete(self) -> None:
        """Add a `missing` row for every student and task that has none."""
        with self._writing():
            self._connection.execute(
                "UPDATE result SET points = task.points FROM task WHERE task.task = result.task"
                " AND result.status = 'missing' AND result.points <> task.points"
            )
            self._connection.execute(
                f"{_ADD_MISSING} SELECT student, task, 'missing', 0, points, 0, '[]', 0, '[]', '',"
                " '', ?, 0, '' FROM student CROSS JOIN task WHERE true ON CONFLICT DO NOTHING",
                (now(),),
            )

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """All or nothing. Raises UnusableGradebook, with what cures it, where the file can't be written."""
        try:
            with transaction(self._connection):
                yield
        except sqlite3.OperationalError as error:
            reason = database.describe(error, patience=_PATIENCE)
            raise UnusableGradebook(tr("{path} can't be written: {reason}.", path=self.path, reason=reason)) from error

    # Reading

    @property
    def course(self) -> tuple[str, str]:
        """The course's id and title."""
        about = dict(self._connection.execute("SELECT name, value FROM about"))
        return about.get("course", ""), about.get("course_title", "")

    @property
    def hidden_by(self) -> str:
        """A secret that puts hidden students in an order; empty where names may be shown."""
        row = self._connection.execute("SELECT value FROM about WHERE name = 'anonymous'").fetchone()
        return str(row[0]) if row else ""

    @property
    def policy(self) -> PolicyFile:
        """The policy that holds: which attempt counts, and what lateness costs."""
        return self._context()[0]

    def tasks(self) -> list[GradebookTask]:
        """Return what was to be handed in, in the order of the course."""
        rows = self._connection.execute(
            "SELECT task, kind, title, file, points, version FROM task ORDER BY position, task"
        )
        return [GradebookTask(*row) for row in rows]

    def task(self, name: str) -> GradebookTask:
        """Return the task of that id. Raises UnusableGradebook, with the nearest or all of them, if there is none."""
        tasks = {task.id: task for task in self.tasks()}
        if name not in tasks:
            near = get_close_matches(name, tasks, n=1)
            there = ", ".join(tasks) or tr("nothing")
            hint = tr("Did you mean {name!r}?", name=near[0]) if near else tr("It holds: {names}.", names=there)
            raise UnusableGradebook(tr("There is no {name!r} in {path}.", name=name, path=self.path) + f" {hint}")
        return tasks[name]

    def students(self) -> Iterator[GradebookStudent]:
        """Yield every student, in the order of their names."""
        query = f"SELECT {_STUDENT} FROM student WHERE student > :student ORDER BY student"
        for row in database.pages(self._connection, query, {"student": ""}, "student"):
            yield GradebookStudent(*row)

    def student(self, name: str) -> GradebookStudent:
        """Return the student of that key, or else the only one with that id, e-mail or name. Raises UnknownStudent."""
        exact = self._connection.execute(f"SELECT {_STUDENT} FROM student WHERE student = ?", (name,)).fetchone()
        if exact is not None:
            return GradebookStudent(*exact)
        wanted, called = name.casefold(), words(name)
        found = [
            each
            for each in self.students()
            if wanted in (mark.casefold() for mark in (each.student, each.system_id, each.email, each.name))
            or (called and called in (words(each.student), words(each.name)))
        ]
        if len(found) == 1:
            return found[0]
        if found:
            several = ", ".join(each.student for each in found[:5])
            said = tr("{name!r} is several students: {names}. Give one of these.", name=name, names=several)
            raise UnknownStudent(said)
        near = get_close_matches(name, (each.student for each in self.students()), n=1, cutoff=0.5)
        listed = tr("grades.csv lists them in its first column.")
        hint = tr("Did you mean {name!r}?", name=near[0]) if near else listed
        raise UnknownStudent(tr("There is no student {name!r} in {path}.", name=name, path=self.path) + f" {hint}")

    def result(self, student: str, exercise: str) -> Result | None:
        """Return one row."""
        query = f"SELECT {_COLUMNS}, {_SET_BY_HAND} FROM result WHERE student = ? AND task = ?"
        row = self._connection.execute(query, (student, exercise)).fetchone()
        return None if row is None else self._finished(row)

    def report(self, student: str, exercise: str) -> Report | None:
        """Return one row's Report, if it has one."""
        query = f"SELECT {_REPORT} FROM result WHERE student = ? AND task = ?"
        row = self._connection.execute(query, (student, exercise)).fetchone()
        return None if row is None else _report(row[0])

    def results(self, exercise: str | None = None) -> Iterator[Result]:
        """Yield every row (of one exercise), by student and exercise, a page at a time: memory stays flat."""
        for row in self._pages(f"{_COLUMNS}, {_SET_BY_HAND}", exercise):
            yield self._finished(row)

    def results_of(self, student: str) -> list[Result]:
        """Return every row of one student, by exercise."""
        query = f"SELECT {_COLUMNS}, {_SET_BY_HAND} FROM result WHERE student = ? ORDER BY task"
        return [self._finished(row) for row in self._connection.execute(query, (student,)).fetchall()]

    def reports(self, exercise: str | None = None) -> Iterator[tuple[Result, Report | None]]:
        """Yield the same with each row's Report, which is None where nothing could be graded."""
        for row in self._pages(f"{_COLUMNS}, {_SET_BY_HAND}, {_REPORT}", exercise):
            yield self._finished(row[:-1]), _report(row[-1])

    def due(self, student: str, task: str) -> datetime | None:
        """Return when a task is due for a student, as the policy says."""
        return due(self.policy, task, self.enrolled(student)) if task in self.policy.tasks else None

    def _context(self) -> tuple[PolicyFile, dict[str, GradebookTask]]:
        """Return what a row's score depends on beside the row."""
        if self._known is None:
            row = self._connection.execute("SELECT value FROM about WHERE name = 'policy'").fetchone()
            policy = msgspec.json.decode(row[0], type=PolicyFile, dec_hook=convert) if row else NO_POLICY
            self._known = policy, {task.id: task for task in self.tasks()}
        return self._known

    def _finished(self, row: Sequence[Any]) -> Result:
        """Return a row with what counts: what lateness takes off, and what was set by hand."""
        result = _result(row[:-1])
        by_hand, reason, scale = msgspec.json.decode(row[-1]) if row[-1] else (None, "", None)
        policy, tasks = self._context()
        task = tasks.get(result.exercise)
        how_late = lateness(result, self.due(result.student, result.exercise), policy.late)
        off = penalty(result.score, result.points, how_late, policy.late) if result.status == "graded" else 0.0
        finished = replace(
            result, raw=result.score, score=round(result.score - off, 6), late_penalty=round(off, 6),
            late=how_late.late, outdated=task is not None and is_outdated(result, task),
        )  # fmt: skip
        return finished if by_hand is None else set_by_hand(finished, by_hand, reason, scale, task)

    def enrolled(self, student: str) -> GradebookStudent:
        """Return the student of that key, who must be enrolled."""
        query = f"SELECT {_STUDENT} FROM student WHERE student = ?"
        return GradebookStudent(*self._connection.execute(query, (student,)).fetchone())

    def _pages(self, columns: str, exercise: str | None) -> Iterator[tuple[Any, ...]]:
        chosen = "" if exercise is None else " AND task = :task"
        query = f"SELECT {columns} FROM result WHERE (student, task) > (:student, :last){chosen} ORDER BY student, task"
        asked = {"student": "", "last": "", "task": exercise}
        return database.pages(self._connection, query, asked, "student", "last")

    # Ends

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> Gradebook:
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        """Raises UnusableGradebook where the file turned out to be damaged: opening it reads only its beginning."""
        self.close()
        if isinstance(error, sqlite3.DatabaseError) and database.is_damaged(error):
            raise _unusable(self.path, error) from error


def now() -> str:
    """This moment in UTC, ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def existing(path: Path) -> Path:
    """Return the file of a gradebook that is there, given it or its folder. Raises UnusableGradebook."""
    path = path / "gradebook.db" if path.is_dir() else path
    if not path.is_file():
        raise UnusableGradebook(tr("There is no gradebook {path}. `gradecheck batch` makes one.", path=path))
    return path


class _Older(UnusableDatabase):
    """The file is of an older version of the tables, and can be brought to the newest."""


def _require_tables(connection: sqlite3.Connection) -> None:
    version = database.version(connection, SCHEMA)
    if version == 0:
        raise UnusableDatabase(tr("it is empty: a batch has only begun to make it"))
    if version < len(SCHEMA.migrations):
        raise _Older(tr("it was written by an older gradecheck; copy it to where you may write"))


def _prepare(connection: sqlite3.Connection) -> None:
    database.prepare(connection, SCHEMA)
    # A commit also survives a loss of power: what was running then is all that is lost.
    connection.execute("PRAGMA synchronous = FULL")


def _decision(result: Result, attempts: Sequence[Decision], why: str, kept: str | None) -> Decision:
    """Return a result as a part of the history; the same file again is the same attempt, of when it first came."""
    last = attempts[-1] if attempts else None
    attempt = result.attempt or (1 if last is None else last.attempt + (last.sha256 != result.sha256))
    first = next((each for each in attempts if each.attempt == attempt), None)
    known = [each for each in (first.handed_in if first else "", result.handed_in) if each]
    return Decision(
        0, result.student, result.exercise, attempt, why or ("graded again" if first else "handed in"), result.status,
        result.score, result.points, result.passed, result.misconceptions, result.late, result.remarks, result.file,
        result.sha256, result.graded_at or now(), result.seconds, result.key, result.version, result.engine,
        min(known, default=""), kept or (first.kept if first else None), result.came_as,
    )  # fmt: skip


def _result(row: Sequence[Any]) -> Result:
    student, task, status, score, points, passed, misconceptions, late, remarks, *rest = row
    listed = msgspec.json.decode(misconceptions), bool(late), msgspec.json.decode(remarks)
    return Result(student, task, status, score, points, bool(passed), *listed, *rest)


def _report(text: str | None) -> Report | None:
    return None if text is None else Report.from_json(text)


def _json(value: list[str]) -> str:
    return msgspec.json.encode(value).decode()
