"""What a gradebook of many rows costs to read: CPU seconds, peak memory and bytes of everything that is made from it.

Run with `python -m benchmarks.large_gradebook [ROWS …]` (default: 10000 100000). A class of 40 is graded; its results
are recorded as those of the first 1,000 students, by the gradebook's own code, and these rows copied to all others. A
million rows take 6 GB in the temporary folder, and 8 GB of submissions and empty pages. CPU and memory are those of
the command's own process, so other work on the machine doesn't count. The last figure is how many times the CPU of the
size before it is: for ten times the rows, 10 where cost grows with the class, 100 where it grows with its square.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import click
from msgspec.structs import replace

from autograder.batch import fingerprint
from autograder.batch.judging import ALL_LAYERS
from autograder.course import CourseRoot, load_course, load_exercise
from autograder.course.tasks import Task
from autograder.gradebook.book import Gradebook
from autograder.grading.submission import from_bytes
from benchmarks.classes import write_class
from benchmarks.measuring import ENVIRONMENT

ROOT = Path(__file__).resolve().parents[1]
GRADECHECK = (str(Path(sys.executable).with_name("gradecheck")), "--course", str(ROOT))
EXERCISE = "exercise-04"
_GRADED, _RECORDED = 40, 1000


@dataclass(frozen=True)
class Cost:
    """CPU seconds and the greatest MiB of memory of one process."""

    cpu: float
    memory: float


@click.command(help=__doc__)
@click.argument("sizes", type=click.IntRange(1), nargs=-1)
def main(sizes: Sequence[int]) -> None:
    before: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as place:
        graded = Path(place) / "graded"
        write_class(Path(place) / "handed in", EXERCISE, _GRADED)
        batch = ["batch", str(Path(place) / "handed in"), "--out", str(graded), "--exercise", EXERCISE]
        _cost([*GRADECHECK, *batch])
        for rows in sizes or (10_000, 100_000):
            with tempfile.TemporaryDirectory(dir=place) as folder:
                before = _measure(rows, graded, Path(folder), before)


def _measure(rows: int, graded: Path, folder: Path, before: dict[str, float]) -> dict[str, float]:
    """Write a gradebook and print what each command costs on it; return CPU seconds by what was measured."""
    given, out = folder / "in", folder / "out"
    write = [sys.executable, "-m", "benchmarks.large_gradebook", "write", str(rows), str(graded), str(given), str(out)]
    spent: dict[str, float] = {}
    for name, command in [("(written)", write), *_commands(given, out)]:
        cost = _cost(command)
        spent[name] = cost.cpu
        grown = f", {cost.cpu / before[name]:.1f} times" if name in before else ""
        print(f"{rows:9,} rows, {name:28} {cost.cpu:8.1f} s of CPU, peak {cost.memory:6,.0f} MiB{grown}", flush=True)
    for name, path in {"gradebook.db": out / "gradebook.db", "class.html": out / "class.html"}.items():
        print(f"{rows:9,} rows, {name:28} {path.stat().st_size / 1e6:8,.1f} MB", flush=True)
    return spent


def _commands(given: Path, out: Path) -> Iterator[tuple[str, Sequence[str]]]:
    class_page = (
        "import sys, pathlib; from autograder.gradebook import class_page as page; out = pathlib.Path(sys.argv[1]);"
    )
    yield "class.html", [sys.executable, "-c", f"{class_page} page.write(out / 'gradebook.db', out)", str(out)]
    yield "stats", [*GRADECHECK, "stats", str(out)]
    for system in ("csv", "canvas", "moodle"):
        yield f"export {system}", [*GRADECHECK, "export", system, str(out), "--out", str(out.parent / system)]
    yield "history", [*GRADECHECK, "history", str(out)]
    yield "history of one", [*GRADECHECK, "history", str(out), _key(1)]
    yield "history of one by another name", [*GRADECHECK, "history", str(out), _key(1).upper()]
    yield "batch, every row stands", [*GRADECHECK, "batch", str(given), "--out", str(out), "--exercise", EXERCISE]


def _cost(command: Sequence[str]) -> Cost:
    """Run a command to its end. Raises CalledProcessError where it exits with more than 1."""
    environment = {**ENVIRONMENT, "GRADECHECK_DATA": tempfile.gettempdir()}
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment, cwd=ROOT
    ) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _key(number: int) -> str:
    return f"student-{number:07}"


def write(rows: int, graded: Path, given: Path, out: Path) -> None:
    """Write a gradebook of `rows` students, and what they handed in, so that each row stands."""
    course = load_course(CourseRoot.at(ROOT))
    task = Task.of(load_exercise(course.root, EXERCISE))
    digest = fingerprint.exercise_digest(course, EXERCISE)
    first = min(rows, _RECORDED)
    with Gradebook.read(graded) as source:
        found = [(row, report, source.history.of(row.student, EXERCISE)[-1]) for row, report in source.reports()]
        kinds = [(row, report.to_json(), source.history.text(each) or "") for row, report, each in found if report]
    with Gradebook.open(out / "gradebook.db") as gradebook:
        gradebook.describe(course.id, course.title, [(0, task)], {EXERCISE: digest}, course.former_ids)
        gradebook.enrol((_key(number), _key(number), "", "", "") for number in range(first))
        for number in range(first):
            row, report, text = kinds[number % len(kinds)]
            submission = from_bytes(task.file, f"{text}# {number}\n".encode())
            row = replace(
                row, student=_key(number), sha256=submission.file.sha256, version=digest, best=None,
                key=fingerprint.key(submission, digest, ALL_LAYERS), engine=fingerprint.engine_version(),
            )  # fmt: skip
            gradebook.record(row, report, submission=submission, why="handed in")
            (given / _key(number)).mkdir(parents=True)
            (given / _key(number) / task.file).write_bytes(submission.data)
    with closing(sqlite3.connect(out / "gradebook.db", isolation_level=None)) as database:
        for copy in range(1, rows // first):
            _copy(database, copy * first)
    for number in range(rows):
        if number >= first:
            (given / _key(number)).mkdir()
            os.link(given / _key(number % first) / task.file, given / _key(number) / task.file)
        page = out / "reports" / _key(number)
        page.mkdir(parents=True)
        (page / f"{EXERCISE}.html").touch()  # made already; what it says is not read


def _copy(database: sqlite3.Connection, above: int) -> None:
    """Write the rows of the first students once more, as those of students whose numbers are greater by `above`."""
    known: dict[str, Sequence[str]] = {
        table: [name for _, name, *_ in database.execute(f"PRAGMA table_info({table})")]
        for table in ("student", "kept", "decided", "result")
    }
    student = f"printf('student-%07d', substr(student, 9) + {above})"
    other = {
        "student": student, "folder": student, "folder_key": student,
        "id": f"id + {above}", "decided": f"decided + {above}", "kept": f"kept || '-{above}'",
    }  # fmt: skip
    theirs = f"student < '{_key(_RECORDED)}'"
    only = {"kept": f"kept IN (SELECT kept FROM decided WHERE {theirs})"}
    database.execute("BEGIN")
    for table, columns in known.items():
        names = {"name": student} if table == "student" else {}
        made = ", ".join((other | names).get(name, name) for name in columns)
        database.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {made} FROM {table} WHERE {only.get(table, theirs)}"
        )
    database.execute("COMMIT")


if __name__ == "__main__":
    if sys.argv[1:2] == ["write"]:
        write(int(sys.argv[2]), *map(Path, sys.argv[3:]))
    else:
        main()
