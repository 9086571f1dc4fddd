"""Where the CPU of one graded submission goes: what each part of its way costs, in one run.

Run with `python -m benchmarks.parts [EXERCISE …]` (default: both of `benchmarks.batch`). Each part is done many times
by one process, and not at all by another; the difference, shared out, is what one costs, with every process that it
takes. The parts are those of the reference; what mistakes cost is in the class alone.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import click
import numpy as np

from autograder.course import CourseRoot, load_course, load_exercise
from autograder.grading.grade import grade
from autograder.grading.submission import from_bytes
from autograder.sandbox.inside.warmth import Warmth
from autograder.sandbox.program import Allowance, Program
from autograder.sandbox.starter import DEFAULT_BUDGET, start
from benchmarks import batch, measuring
from benchmarks.classes import EXERCISES, ROOT

_TIMES, _TRIPS, _CLASS = 200, 5000, 300
_ARRAY = np.arange(16.0).reshape(4, 4)
_ECHO = "def echo(array):\n    return array\n"


@click.command(help=__doc__)
@click.argument("exercises", type=click.Choice(list(EXERCISES)), nargs=-1)
def main(exercises: tuple[str, ...]) -> None:
    for exercise in exercises or list(EXERCISES):
        with tempfile.TemporaryDirectory() as folder:
            _measure(exercise, Path(folder))


def _measure(exercise: str, folder: Path) -> None:
    worker, load, trip, graded = (_part(exercise, part) for part in ("worker", "load", "trip", "grade"))
    bare = _bare(exercise, folder)
    of_class = batch.graded(exercise, _CLASS, folder).cpu / _CLASS
    print(f"{exercise}: ms of CPU for one submission ({1000 * trip:.2f} for one question that gives an array back)")
    for what, seconds in {
        "a worker is forked, confined, and ended": worker,
        "its program is loaded": load - worker,
        "the checks as a bare loop runs them": bare,
        "what the wall adds to them, and the report": graded - load - bare,
        "in all, where it is right and the judge is warm": graded,
        "mistakes, the start of two judges, the gradebook and its pages": of_class - graded,
        f"in all, one of a class of {_CLASS}": of_class,
    }.items():
        print(f"{1000 * seconds:8.1f}  {what}", flush=True)


def _part(exercise: str, part: str) -> float:
    """CPU seconds of one time."""
    times = _TRIPS if part == "trip" else _TIMES
    costs = [
        measuring.run([sys.executable, "-m", "benchmarks.parts", "part", part, exercise, str(count)]).cpu
        for count in (0, times)
    ]
    return (costs[1] - costs[0]) / times


def _bare(exercise: str, folder: Path) -> float:
    """CPU seconds of the reference in a bare loop."""
    made_up = EXERCISES[exercise]
    right, costs = (made_up.solution / made_up.file).read_text(), []
    for count in (0, _TIMES):
        given = folder / f"bare-{count}"
        given.mkdir()
        for number in range(count):
            (given / f"{number}").mkdir()
            (given / f"{number}" / made_up.file).write_text(f"{right}# {number}\n")
        costs.append(measuring.run([sys.executable, "-m", "benchmarks.bare", exercise, given]).cpu)
    return (costs[1] - costs[0]) / _TIMES


def do(part: str, exercise: str, times: int) -> None:
    """Do one part so many times, in this process."""
    root = CourseRoot.at(ROOT)
    loaded = load_exercise(root, exercise)
    assert loaded.reference is not None
    right = loaded.reference.read_text()
    if part == "grade":
        submissions = (from_bytes(loaded.file, f"{right}# {number}\n".encode()) for number in range(times))
        for report in grade(load_course(root), loaded, submissions, many=True):
            assert report.passed
        return
    with start(Warmth.TORCH if "torch" in loaded.needs else Warmth.NUMPY, many=True) as starter:
        starter.probe()
        if part == "trip":
            program = Program(starter, loaded.file, _ECHO, Allowance(total=1000))
            for _ in range(times):
                program.call(None, "echo", (_ARRAY,), {})
            program.close()
        for _ in range(times if part == "worker" else 0):
            starter.spawn(DEFAULT_BUDGET).close()
        for _ in range(times if part == "load" else 0):
            program = Program(starter, loaded.file, right, Allowance())
            program.load()
            program.close()


if __name__ == "__main__":
    if sys.argv[1:2] == ["part"]:
        do(sys.argv[2], sys.argv[3], int(sys.argv[4]))
    else:
        main()
