"""How fast a class is graded, with every layer of confinement, and against what.

Run with `python -m benchmarks.batch [EXERCISE …] [--size N …]` (default: both exercises, 30, 300, 3000). (a) is a bare
loop that runs the same checks in one warm process with no wall and names no belief; (b) is one `python -m pytest`
process a submission, one after the other, over a few. All are measured in this one run, on the same submissions.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import click

from benchmarks import measuring
from benchmarks.classes import EXERCISES, write_class

ROOT = Path(__file__).resolve().parents[1]
GRADECHECK = Path(sys.executable).with_name("gradecheck")
_SAMPLE = 12
_MOST_BARE = 300


@click.command(help=__doc__)
@click.argument("exercises", type=click.Choice(list(EXERCISES)), nargs=-1)
@click.option("--size", "sizes", type=click.IntRange(1), multiple=True, default=(30, 300, 3000))
def main(exercises: tuple[str, ...], sizes: tuple[int, ...]) -> None:
    for exercise in exercises or EXERCISES:
        with tempfile.TemporaryDirectory() as folder:
            _measure(exercise, sizes, Path(folder))


def _measure(exercise: str, sizes: Sequence[int], folder: Path) -> None:
    reference = write_class(folder / "sample", exercise, min(max(sizes), _MOST_BARE))
    bare_cpu = _bare_loop(exercise, reference)
    pytest_seconds = _one_pytest_each(exercise, reference)
    for size in sizes:
        cost = graded(exercise, size, folder)
        rate, cpu = size / cost.seconds, cost.cpu / size
        print(
            f"{exercise}, {size:,} submissions: {60 * rate:,.0f} a minute, {1000 * cpu:.0f} ms of CPU each, peak"
            f" {cost.memory:,.0f} MiB; {cpu / bare_cpu:.1f} times the CPU of (a), {pytest_seconds * rate:.0f} times as"
            " fast as (b)",
            flush=True,
        )


def graded(exercise: str, size: int, folder: Path) -> measuring.Cost:
    """What a batch of a made-up class costs; its files lie in the folder."""
    given, out = write_class(folder / f"class-{size}", exercise, size), folder / f"out-{size}"
    command = [GRADECHECK, "--course", ROOT, "batch", given, "--out", out, "--exercise", exercise]
    return measuring.run(command, {"GRADECHECK_DATA": str(folder / "data")})


def _bare_loop(exercise: str, given: Path) -> float:
    """CPU seconds of one submission in (a), without the time that the interpreter and the imports take."""
    files = len(list(given.iterdir()))
    empty = given.with_name("nobody")
    empty.mkdir()
    start = measuring.run([sys.executable, "-m", "benchmarks.bare", exercise, empty])
    cost = measuring.run([sys.executable, "-m", "benchmarks.bare", exercise, given])
    each = (cost.cpu - start.cpu) / files
    print(f"{exercise}, (a) a bare loop: {60 / each:,.0f} a minute on one core, {1000 * each:.1f} ms of CPU each")
    return each


def _one_pytest_each(exercise: str, given: Path) -> float:
    """Seconds that (b) takes for one submission."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(ROOT / "benchmarks" / "bare.py")]
    files = sorted(given.glob("*/*.py"))[:_SAMPLE]
    started = time.perf_counter()
    for file in files:
        try:
            measuring.run(command, {"GRADECHECK_BARE": f"{exercise}:{file}"})
        except measuring.subprocess.CalledProcessError as failed:
            if failed.returncode != 2:  # the program could not be imported
                raise
    each = (time.perf_counter() - started) / len(files)
    print(f"{exercise}, (b) a pytest process each: {60 / each:,.0f} a minute, {each:.2f} s each", flush=True)
    return each


if __name__ == "__main__":
    main()
