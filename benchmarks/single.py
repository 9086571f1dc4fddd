"""How long a student waits for a command, as a ratio to importing the libraries that it can't do without.

Run with `python -m benchmarks.single [ROUNDS]`. The commands take turns, so that a slow moment of the machine meets
all of them; the fastest round of each counts. Beside the wait stands the ratio of CPU time, which other programs on the
machine disturb less; what runs behind the wall is not in it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from benchmarks.measuring import ENVIRONMENT

ROOT = Path(__file__).resolve().parents[1]
GRADECHECK = str(Path(sys.executable).with_name("gradecheck"))

_FLOOR = "import click, yaml"
#: (arguments of gradecheck, what it is compared with, the ratio aimed at)
CASES = [
    ("--help", _FLOOR, 1.3),
    ("list", _FLOOR, 1.3),
    ("next", _FLOOR, 1.3),
    ("run exercise-04 solutions/exercise-04/tanh_jacobian.py", "import numpy, pytest", 1.4),
    ("run exercise-09 solutions/exercise-09/gradient_norms.py", "import torch", 1.0),
]


def seconds(command: Sequence[str], environment: Mapping[str, str]) -> float:
    """Wall-clock seconds of one run, which must succeed."""
    return cost(command, environment)[0]


def cost(command: Sequence[str], environment: Mapping[str, str]) -> tuple[float, float]:
    """Wall-clock and CPU seconds of one run, which must succeed."""
    started = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return time.perf_counter() - started, used.ru_utime + used.ru_stime


def measure(arguments: str, imports: str, aim: float, rounds: int, environment: Mapping[str, str]) -> None:
    """Print what one command takes."""
    base, ours = [sys.executable, "-c", imports], [GRADECHECK, *arguments.split()]
    times = [(*cost(base, environment), *cost(ours, environment)) for _ in range(rounds + 1)]
    floor, floor_cpu, wait, cpu = (min(column) for column in zip(*times[1:], strict=True))  # the first warms caches
    print(
        f"gradecheck {arguments}: {1000 * wait:.0f} ms, {wait / floor:.2f} times `python -c '{imports}'`"
        f" ({1000 * floor:.0f} ms), {cpu / floor_cpu:.2f} times its CPU ({1000 * floor_cpu:.0f} ms); aim {aim:g}",
        flush=True,
    )


@click.command(help=__doc__)
@click.argument("rounds", type=click.IntRange(1), default=5)
def main(rounds: int) -> None:
    with tempfile.TemporaryDirectory() as data:
        for arguments, imports, aim in CASES:
            measure(arguments, imports, aim, rounds, {**ENVIRONMENT, "GRADECHECK_DATA": data})


if __name__ == "__main__":
    main()
