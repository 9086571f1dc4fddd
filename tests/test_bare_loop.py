"""The bare loop, which a class's speed is measured against, grades as we do: one that only fails would look fast."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.classes import EXERCISES
from tests.command import REPOSITORY


@pytest.mark.parametrize("exercise", EXERCISES)
def test_the_reference_passes_every_check_in_the_bare_loop(exercise: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "benchmarks.bare", exercise, str(tmp_path)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
