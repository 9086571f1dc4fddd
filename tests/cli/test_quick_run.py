"""What makes `run` slow and nobody sees: looks for garbage, threads beside the one that warms up, a class's imports."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.command import REPOSITORY

RUN = """
import atexit, gc, os, sys

looked = []
gc.callbacks.append(lambda phase, about: looked.append(phase) if gc.get_threshold()[0] > 10_000 else None)
threads = []
sys.meta_path.insert(0, type("Watch", (), {"find_spec": staticmethod(lambda name, *more:
    threads.append(os.environ.get("OPENBLAS_NUM_THREADS")) if name == "numpy" else None)}))
atexit.register(lambda: print(len(looked), *{*threads}, "autograder.intake" in sys.modules, file=sys.stderr))
from gradecheck_course import main
main()
"""


def test_a_run_looks_for_no_garbage_imports_numpy_with_one_thread_and_nothing_of_a_class(tmp_path: Path) -> None:
    reference = "solutions/exercise-04/tanh_jacobian.py"
    environment = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")}
    run = subprocess.run(
        [sys.executable, "-c", RUN, "run", "exercise-04", reference],
        capture_output=True, text=True, cwd=REPOSITORY, env={**environment, "GRADECHECK_DATA": str(tmp_path)},
    )  # fmt: skip
    assert (run.returncode, run.stderr.splitlines()[-1]) == (0, "0 1 False")
