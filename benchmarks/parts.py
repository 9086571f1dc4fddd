"""Where the CPU of one graded submission goes: what each part of its way costs, in one run.

Run with `python -m benchmarks.parts [EXERCISE …]` (default: both of `benchmarks.batch`). Each part is done many times
by one process, and not at all by another; the difference, shared out, is what one costs, with every process that it
takes. The parts are those of the reference; what mistakes cost is in the class alone. Which process the time is spent
in is what the kernel says of each; a worker's page faults are what its fork costs it, some microseconds each.
"""

from __future__ import annotations

import os
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
_TICK = os.sysconf("SC_CLK_TCK")
#: Where `_fields` has a process's parent, page faults of its ended children, the ticks of it and of those, and its
#: size, which is 0 when it has ended.
_PARENT, _FAULTS, _OWN, _ENDED, _SIZE = 0, 7, slice(10, 12), slice(12, 14), 19
_ECHO = "def echo(array):\n    return array\n"


@click.command(help=__doc__)
@click.argument("exercises", type=click.Choice(list(EXERCISES)), nargs=-1)
def main(exercises: tuple[str, ...]) -> None:
    for exercise in exercises or list(EXERCISES):
        with tempfile.TemporaryDirectory() as folder:
            _measure(exercise, Path(folder))


def _measure(exercise: str, folder: Path) -> None:
    worker, load, trip, graded = (_part(exercise, part) for part in ("worker", "load", "trip", "grade"))
    bare, where = _bare(exercise, folder), _where(exercise)
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
    judge, zygote, reference, own = (f"{1000 * each:.1f}" for each in where[:-1])
    print(
        f"of one that is right: {judge} in the judge, {zygote} in the zygote, {reference} in the reference's worker,"
        f" {own} in its own, with {where[-1]:.0f} page faults",
        flush=True,
    )


def _where(exercise: str) -> list[float]:
    """CPU seconds of one right submission in each process that it takes, and the page faults of its worker."""
    said = measuring.run([sys.executable, "-m", "benchmarks.parts", "part", "where", exercise, str(_TIMES)]).output
    return [float(word) for word in said.split()]


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
    if part in ("grade", "where"):
        submissions = (from_bytes(loaded.file, f"{right}# {number}\n".encode()) for number in range(times))
        spent: list[list[float]] = []
        for number, report in enumerate(grade(load_course(root), loaded, submissions, many=True), start=1):
            assert report.passed
            if part == "where" and number in (1, times):  # while the processes are there; it takes a while
                spent.append(_spent())
        if spent:
            print(*((last - first) / (times - 1) for first, last in zip(*spent, strict=True)))
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


def _spent() -> list[float]:
    """CPU seconds until now of this process, the zygote, the reference's worker and the submissions'; their faults.

    A worker that has ended is counted by the zygote, once it has buried it.
    """
    processes = {pid: _fields(pid) for pid in measuring.below(os.getpid())}
    judge = processes.pop(os.getpid())
    zygote, about = max(processes.items(), key=lambda each: each[1][_FAULTS])
    reference = next(each for each in processes.values() if each[_PARENT] == zygote and each[_SIZE])
    return [*(sum(each) / _TICK for each in (judge[_OWN], about[_OWN], reference[_OWN], about[_ENDED])), about[_FAULTS]]


def _fields(pid: int) -> list[int]:
    """What /proc/PID/stat says after the name and the state; see proc_pid_stat(5)."""
    return [int(each) for each in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1:]]


if __name__ == "__main__":
    if sys.argv[1:2] == ["part"]:
        do(sys.argv[2], sys.argv[3], int(sys.argv[4]))
    else:
        main()
