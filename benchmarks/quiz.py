"""How long a student waits for the first question of `gradecheck quiz`, as a ratio to importing click and yaml.

Run with `python -m benchmarks.quiz [ROUNDS]`, for every quiz. The commands take turns, so that a slow moment of the
machine meets both; the fastest round of each counts. The wait ends when the first prompt is there; the whole call,
which shows that question and is stopped with `q`, is measured beside it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time

import click

from benchmarks.measuring import ENVIRONMENT
from benchmarks.single import GRADECHECK, ROOT

BASE = "import click, yaml"
AIM = 1.8


def whole(command: list[str]) -> float:
    """Wall-clock seconds of one run, which must succeed."""
    started = time.perf_counter()
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def quiz(name: str, environment: dict[str, str]) -> tuple[float, float]:
    """Wall-clock seconds until the first prompt is on the pipe, and until the whole call has ended."""
    started = time.perf_counter()
    with subprocess.Popen(
        [GRADECHECK, "quiz", name], cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin
        assert process.stdout
        seen = b""
        while not seen.endswith(b": "):
            piece = os.read(process.stdout.fileno(), 1 << 16)
            if not piece:
                raise SystemExit(f"`gradecheck quiz {name}` asked nothing:\n{seen.decode()}")
            seen += piece
        asked = time.perf_counter() - started
        process.communicate(b"q\n")
    return asked, time.perf_counter() - started


def measure(name: str, rounds: int, environment: dict[str, str]) -> None:
    """Prints what one quiz takes."""
    times = [(whole([sys.executable, "-c", BASE]), *quiz(name, environment)) for _ in range(rounds + 1)]
    base, asked, ended = (min(column) for column in zip(*times[1:], strict=True))  # the first round warms caches
    print(
        f"gradecheck quiz {name}: first question after {asked * 1000:.0f} ms, {asked / base:.2f} times "
        f"`python -c '{BASE}'` ({base * 1000:.0f} ms); aim {AIM:g}. Stopped there, the whole call is "
        f"{ended / base:.2f} times."
    )


@click.command(help=__doc__)
@click.argument("rounds", type=click.IntRange(1), default=10)
def main(rounds: int) -> None:
    with tempfile.TemporaryDirectory() as data:
        for path in sorted((ROOT / "quizzes").glob("*.yaml")):
            measure(path.stem, rounds, {**ENVIRONMENT, "GRADECHECK_DATA": data})


if __name__ == "__main__":
    main()
