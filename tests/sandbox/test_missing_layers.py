"""A machine that lacks a layer: a student is told and may go on, a class is not graded, and reports say what held."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.command import GRADECHECK, REPOSITORY, Finished
from tests.hiding import bubblewrap, bundled_bubblewrap, without

RIGHT = REPOSITORY / "solutions/exercise-04/tanh_jacobian.py"
WITHOUT_BUBBLEWRAP = ["landlock", "seccomp", "rlimits"]


def _not_installed() -> list[str]:
    """A view of this machine in which no bubblewrap can be executed."""
    return without("bwrap", str(bundled_bubblewrap()))


def _no_namespaces() -> list[str]:
    """A machine with bubblewrap, where nobody may make a user namespace."""
    user = ["--unshare-user", "--uid", "1000", "--gid", "1000", "--disable-userns"]
    return [bubblewrap(), *user, "--dev-bind", "/", "/", "--"]


MACHINES = {"not installed": _not_installed, "no user namespaces": _no_namespaces}


@pytest.fixture(params=MACHINES)
def machine(request: pytest.FixtureRequest) -> list[str]:
    """A command's first words, which put it on a machine without a working bubblewrap."""
    return MACHINES[request.param]()


def gradecheck(folder: Path, machine: list[str], *arguments: str | Path) -> Finished:
    command = [*machine, GRADECHECK, "--course", REPOSITORY, *arguments]
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "GRADECHECK_DATA": f"{folder}/data", "LANG": "C.UTF-8"}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300, check=False
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


def _no_package(name: str) -> list[str]:
    package = find_spec(name)
    assert package is not None
    assert package.origin is not None
    return [bubblewrap(), "--dev-bind", "/", "/", "--tmpfs", str(Path(package.origin).parent), "--"]


def _no_torch() -> list[str]:
    return _no_package("torch")


def test_a_class_is_not_graded_where_an_inner_layer_is_missing(tmp_path: Path, class_of_one: Path) -> None:
    batch = ["batch", class_of_one, "--out", tmp_path / "out", "--exercise", "exercise-04"]
    done = gradecheck(tmp_path, _no_package("landlockpy"), *batch)
    assert done.code == 2
    assert "landlock is not in force. It needs the package landlockpy" in done.err
    assert "graded behind every layer" in done.err
    assert not (tmp_path / "out/grades.csv").exists()


def test_without_torch_an_exercise_in_numpy_is_graded_and_another_says_what_is_missing(tmp_path: Path) -> None:
    done = gradecheck(tmp_path, _no_torch(), "run", "exercise-04", RIGHT)
    assert (done.code, done.err) == (0, "")
    done = gradecheck(tmp_path, _no_torch(), "run", "exercise-12", REPOSITORY / "solutions/exercise-12/gru_cell.py")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("Error: exercise-12 needs PyTorch")
    assert "-m pip install torch --index-url https://download.pytorch.org/whl/cpu" in done.err
    assert done.err.count("\n") == 1


def test_without_torch_a_batch_says_so_before_it_grades(tmp_path: Path, class_of_one: Path) -> None:
    batch = ["batch", class_of_one, "--out", tmp_path / "out", "--exercise", "exercise-04"]
    done = gradecheck(tmp_path, _no_torch(), *batch, "--exercise", "exercise-12")
    assert done.code == 2
    assert "exercise-12 needs PyTorch" in done.err
    assert not (tmp_path / "out/grades.csv").exists()
    done = gradecheck(tmp_path, _no_torch(), *batch)
    assert done.code == 0, done.err


def test_without_torch_the_proof_names_the_exercise(tmp_path: Path) -> None:
    done = gradecheck(tmp_path, _no_torch(), "validate", "exercise-12", "--no-mutants")
    assert done.code == 2
    assert "exercise.yaml:4: exercise-12 needs PyTorch" in done.out
