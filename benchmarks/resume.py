"""A class is killed with -9 three times on the way, resumed each time, and must equal one that nothing happened to.

Run with `python -m benchmarks.resume [COUNT [EXERCISE]]` (default: 3000 exercise-04). One submission of ten is hostile
or broken: it hangs, kills, fills memory, forges results, can't be read, or is no program at all. Exits with 1 where a
row is missing, comes twice, or differs.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import click
import msgspec

from autograder.gradebook.book import Gradebook
from benchmarks.classes import EXERCISES, submissions

ROOT = Path(__file__).resolve().parents[1]
GRADECHECK = Path(sys.executable).with_name("gradecheck")
KILLS = 3

#: What one of ten hands in. A loop without end is one line: at which of several it is stopped is chance.
HOSTILE: tuple[bytes, ...] = (
    b"import os\nos._exit(0)\n",
    b"import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\nos.kill(-1, signal.SIGKILL)\n",
    b"import sys\nsys.exit(0)\n",
    b"while True: pass\n",
    b"everything = bytearray(1 << 40)\n",
    b"import os\nwhile True: os.fork()\n",
    b"import ctypes\nctypes.string_at(0)\n",
    b"print('x' * (1 << 26))\n",
    b"def broken(:\n",
    b"",
    b"\xff\xfe\x00\x00 not text",
    b"\xe9\xe8 latin\n",
    b"import shutil\nshutil.rmtree('/', ignore_errors=True)\n",
    b"import sys\nsys.setrecursionlimit(10**9)\nf = lambda: f()\nf()\n",
    b"import os, resource\nfor d in range(3, 9):\n    os.write(d, b'x' * 4096)\n",
)


def write_class(folder: Path, exercise: str, count: int) -> Path:
    """A class in which one of ten is hostile or broken; one of the endless loops is enough for a hundred of them."""
    chance = random.Random(count)
    for number, (student, source) in enumerate(submissions(exercise, count)):
        file = folder / student / EXERCISES[exercise].file
        file.parent.mkdir(parents=True)
        file.write_bytes(_hostile(chance, number) if number % 10 == 7 else source.encode())
    return folder


def _hostile(chance: random.Random, number: int) -> bytes:
    source = chance.choice(HOSTILE)
    if source.startswith((b"while", b"import os\nwhile")) and number % 100 != 7:
        source = HOSTILE[0]  # each of these takes an exercise's whole time
    return source + (b"# %d\n" % number if source else b"")


def interrupted(given: Path, out: Path, exercise: str, count: int) -> list[int]:
    """Grade a class and kill the batch three times on the way; how many rows stood at each kill."""
    stood = []
    for kill in range(1, KILLS + 1):
        with subprocess.Popen(
            _command(given, out, exercise), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as batch:
            wanted = kill * count // (KILLS + 1)
            while batch.poll() is None and _rows(out) < wanted:
                time.sleep(0.05)
            batch.send_signal(signal.SIGKILL)
            if batch.wait() != -signal.SIGKILL:
                raise SystemExit(f"The batch ended with {batch.returncode} before it could be killed.")
        stood.append(_rows(out))
    grade(given, out, exercise)
    return stood


def grade(given: Path, out: Path, exercise: str) -> None:
    """Grade a class to its end."""
    done = subprocess.run(_command(given, out, exercise), capture_output=True, text=True, check=False)
    if done.returncode != 1:
        raise SystemExit(f"The batch ended with {done.returncode}: {done.stderr[-2000:]}")


def differences(out: Path, other: Path) -> Iterator[str]:
    """Rows that two gradebooks don't share, without when and how long; the reports' own times are left out too."""
    ours, theirs = (dict(_contents(folder)) for folder in (out, other))
    for student in sorted(ours.keys() | theirs.keys()):
        if ours.get(student) != theirs.get(student):
            yield f"{student}: {_first_difference(str(ours.get(student)), str(theirs.get(student)))}"


def _first_difference(ours: str, theirs: str) -> str:
    start = next((at for at, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), 0)
    return " and ".join(text[max(0, start - 60) : start + 60] for text in (ours, theirs))


def _contents(out: Path) -> Iterator[tuple[str, object]]:
    with Gradebook.read(out / "gradebook.db") as gradebook:
        for result, report in gradebook.reports():
            checks = [msgspec.structs.replace(check, seconds=0.0) for check in report.checks] if report else []
            timeless = report and msgspec.structs.replace(report, seconds=0.0, checks=checks)
            yield result.student, (msgspec.structs.replace(result, graded_at="", seconds=0.0), timeless)


def _rows(out: Path) -> int:
    if not (out / "gradebook.db").is_file():
        return 0
    with closing(sqlite3.connect(f"file:{out / 'gradebook.db'}?mode=ro", uri=True)) as gradebook:
        try:
            return int(gradebook.execute("SELECT count(*) FROM result").fetchone()[0])
        except sqlite3.OperationalError:  # it is just being made
            return 0


def _command(given: Path, out: Path, exercise: str) -> list[str | Path]:
    return [GRADECHECK, "--course", ROOT, "batch", given, "--out", out, "--exercise", exercise]


@click.command(help=__doc__)
@click.argument("count", type=click.IntRange(1), default=3000)
@click.argument("exercise", type=click.Choice(list(EXERCISES)), default="exercise-04")
def main(count: int, exercise: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        given, out, whole = (Path(folder) / name for name in ("in", "out", "whole"))
        write_class(given, exercise, count)
        started = time.monotonic()
        stood = interrupted(given, out, exercise, count)
        print(f"{count:,} submissions of {exercise}, killed when {', '.join(map(str, stood))} rows stood:", end=" ")
        print(f"{_rows(out):,} rows after {time.monotonic() - started:.0f} s.", flush=True)
        grade(given, whole, exercise)
        different = list(differences(out, whole))
        print(f"{len(different)} rows differ from those of an uninterrupted batch.")
        print(*different[:10], sep="\n")
        sys.exit(bool(different) or _rows(out) != count)


if __name__ == "__main__":
    os.environ.setdefault("GRADECHECK_DATA", tempfile.gettempdir())
    main()
