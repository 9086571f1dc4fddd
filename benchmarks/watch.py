"""How long a student waits after a save under `gradecheck run --watch`, from the save to the end of the report.

Run with `python -m benchmarks.watch [SAVES]`. Each save changes the file; the median counts, and its ratio to a
`gradecheck run` of the same file that starts from nothing.
"""

from __future__ import annotations

import signal
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import click

from benchmarks.measuring import ENVIRONMENT
from benchmarks.single import GRADECHECK, ROOT, seconds

#: (exercise, file, milliseconds aimed at)
CASES = [("exercise-04", "tanh_jacobian.py", 150), ("exercise-09", "gradient_norms.py", 300)]


def waits(exercise: str, file: Path, saves: int, environment: dict[str, str]) -> list[float]:
    """Seconds from each save to the line of its report."""
    source = file.read_text()
    command = [GRADECHECK, "run", exercise, str(file), "--watch", "--json"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    process.stdout.readline()
    found = []
    for number in range(saves):
        time.sleep(0.3)  # a student thinks, and the watcher comes to rest
        started = time.perf_counter()
        file.write_text(f"{source}\n# {number}\n")
        process.stdout.readline()
        found.append(time.perf_counter() - started)
    process.send_signal(signal.SIGINT)
    process.wait()
    return found


@click.command(help=__doc__)
@click.argument("saves", type=click.IntRange(1), default=15)
def main(saves: int) -> None:
    for exercise, name, aim in CASES:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / name
            file.write_text((ROOT / "solutions" / exercise / name).read_text())
            environment = {**ENVIRONMENT, "GRADECHECK_DATA": folder}
            wait = statistics.median(waits(exercise, file, saves, environment))
            cold = seconds([GRADECHECK, "run", exercise, str(file)], environment)
        print(
            f"{exercise}: {1000 * wait:.0f} ms after a save (aim {aim}), {wait / cold:.3f} of a cold run ({cold:.2f} s)"
        )


if __name__ == "__main__":
    main()
