"""How long a student waits for `gradecheck run`, as a ratio to importing the libraries that it can't do without.

Run with `python -m benchmarks.single [ROUNDS]`. The commands take turns, so that a slow moment of the machine meets
all of them; the fastest round of each counts.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
GRADECHECK = str(Path(sys.executable).with_name("gradecheck"))

#: (exercise, file, what it is compared with, the ratio aimed at)
CASES = [
    ("exercise-04", "tanh_jacobian.py", "import numpy, pytest", 3.0),
    ("exercise-09", "gradient_norms.py", "import torch", 1.5),
]


def seconds(command: list[str], environment: dict[str, str]) -> float:
    """Wall-clock seconds of one run, which must succeed."""
    started = time.perf_counter()
    subprocess.run(command, check=True, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def main(rounds: int) -> None:
    with tempfile.TemporaryDirectory() as data:
        environment = {**os.environ, "GRADECHECK_DATA": data}
        for exercise, file, imports, aim in CASES:
            grade = [GRADECHECK, "run", exercise, str(ROOT / "solutions" / exercise / file)]
            base = [sys.executable, "-c", imports]
            times = [(seconds(base, environment), seconds(grade, environment)) for _ in range(rounds + 1)]
            least_base, least_grade = (min(column) for column in zip(*times[1:], strict=True))  # the first warms caches
            print(
                f"gradecheck run {exercise}: {least_grade:.2f} s, "
                f"{least_grade / least_base:.2f} times `python -c '{imports}'` ({least_base:.2f} s); aim {aim:g}"
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
