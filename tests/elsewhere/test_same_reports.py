"""A student's own file gets the same report on every system: the same verdicts, messages and explanations.

On Linux two other systems are played, and their reports compared with those of the wall, word by word. Where the
machine is another system itself, the verdicts are compared with what the programs are.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from typing import Any

import pytest

from tests.elsewhere import REPOSITORY, SYSTEMS

pytestmark = pytest.mark.elsewhere

#: Small exercises, graded whole: a class; a script; exceptions; functions that a check lends.
_SMALL = tuple(f"examples/second-course/{each}" for each in ("biseccion", "pila", "plan", "tally"))
#: And functions of numpy, functions and a module of PyTorch, and complex numbers: every Nth program, for each costs a
#: process or three that import their libraries. Windows lacks all that macOS lacks, and more: so it grades the most.
#: macOS asks and ends processes in a way of its own: it grades functions and a script.
_EVERY = {
    "win32": dict.fromkeys(_SMALL, 1)
    | {"exercise-04": 2, "exercise-18": 3, "exercise-06": 9, "exercise-10": 12, "exercise-12": 12},
    "darwin": {"examples/second-course/tally": 3, "exercise-04": 4},
}
_PATIENCE = 900.0


def _reports(system: str, exercise: str, every: int) -> dict[str, dict[str, Any]]:
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    command = [sys.executable, "-m", "tests.elsewhere.grading", system, f"{exercise}:{every}"]
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", timeout=_PATIENCE)
    assert done.returncode == 0, done.stderr
    reports: dict[str, dict[str, Any]] = json.loads(done.stdout)
    return reports


_behind_the_wall = cache(lambda exercise: _reports("linux", exercise, _EVERY["win32"][exercise]))


if sys.platform == "linux":

    @pytest.mark.parametrize(
        ("system", "exercise"), [(system, exercise) for system in SYSTEMS for exercise in _EVERY[system]]
    )
    def test_reports_are_those_of_the_wall(system: str, exercise: str) -> None:
        found, wall = _reports(system, exercise, _EVERY[system][exercise]), _behind_the_wall(exercise)
        assert {tuple(report["isolation"]) for report in found.values()} == {()}
        assert all("bubblewrap" in report["isolation"] for report in wall.values())
        assert found == {path: {**wall[path], "isolation": []} for path in found}
        assert system == "darwin" or len(found) == len(wall)

else:

    @pytest.mark.parametrize("exercise", _EVERY["win32"])
    def test_right_programs_pass_and_wrong_ones_are_named(exercise: str) -> None:
        for case, report in _reports(sys.platform, exercise, _EVERY["win32"][exercise]).items():
            role, belief, _ = case.split(" ")
            named = {each["misconception"] for each in report["explanations"]}
            assert report["passed"] == (role in ("reference", "accepted")), case
            assert belief in named or not belief, case
