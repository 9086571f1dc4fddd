"""`gradecheck new ci`: workflows that are YAML, and whose commands do what they are for."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.command import GRADECHECK, REPOSITORY, Command
from tests.notebooks import notebook
from tests.proof.filled import begin, fill_in

RIGHT = REPOSITORY / "solutions/exercise-04/tanh_jacobian.py"
WRONG = REPOSITORY / "docs/sample/tanh_jacobian.py"


def steps(file: Path) -> list[dict[str, Any]]:
    """The steps of a workflow with one job."""
    workflow = yaml.safe_load(file.read_text())
    (job,) = workflow["jobs"].values()
    assert job["runs-on"] == "ubuntu-24.04"
    assert job["timeout-minutes"] > 0
    assert workflow["permissions"] == {"contents": "read"}
    found: list[dict[str, Any]] = job["steps"]
    return found


def commands(file: Path) -> list[str]:
    """What its steps run."""
    return [step["run"] for step in steps(file) if "run" in step]


def run(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a step as Actions does."""
    environment = {
        **os.environ,
        "PATH": f"{GRADECHECK.parent}:{os.environ['PATH']}",
        "GRADECHECK_DATA": f"{folder}/data",
    }
    return subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", script], cwd=folder, env=environment, capture_output=True, text=True,
        timeout=300,
    )  # fmt: skip


def test_a_course_is_validated(gradecheck: Command, tmp_path: Path) -> None:
    begin(gradecheck, tmp_path / "course")
    fill_in(tmp_path / "course")
    done = gradecheck("new", "ci", "--install", "./engine[bubblewrap]", course=tmp_path / "course")
    assert done.code == 0, done.err
    file = tmp_path / "course/.github/workflows/course.yml"
    _, install, doctor, validate = commands(file)
    assert install == "python -m pip install './engine[bubblewrap]'\n"
    assert doctor == "gradecheck doctor"
    done_validating = run(validate, tmp_path / "course")
    assert done_validating.returncode == 0, done_validating.stdout
    (tmp_path / "course/quizzes/leaks.yaml").write_text("format: 1\n")
    assert run(validate, tmp_path / "course").returncode == 1


def test_a_course_in_a_part_of_its_repository(gradecheck: Command, tmp_path: Path) -> None:
    begin(gradecheck, tmp_path / "teaching/my course")
    (tmp_path / ".git").mkdir()
    (tmp_path / "gradecheck_course.py").touch()
    done = gradecheck("new", "ci", course=tmp_path / "teaching/my course")
    assert done.code == 0, done.err
    *_, install, _, validate = commands(tmp_path / ".github/workflows/course.yml")
    assert install == "python -m pip install '.[bubblewrap]'\n"
    assert validate == "gradecheck --course 'teaching/my course' validate\n"


@pytest.fixture(scope="module")
def kit(module_folder: Path) -> Path:
    """A student's kit with its workflow."""
    gradecheck = Command(module_folder)
    assert gradecheck("export", "student-kit", "--out", "kit").code == 0
    done = gradecheck("new", "ci", "--for", "students", course=module_folder / "kit")
    assert done.code == 0, done.err
    return module_folder / "kit"


def _grading(kit: Path) -> str:
    return commands(kit / ".github/workflows/grade.yml")[-1]


def test_what_students_push_is_graded_with_annotations(kit: Path) -> None:
    nothing = run(_grading(kit), kit)
    assert nothing.returncode == 0
    assert "Nothing was begun yet" in nothing.stdout
    (kit / "exercise-04").mkdir()
    (kit / "exercise-04/tanh_jacobian.py").write_text(WRONG.read_text())
    (kit / "exercise-01").mkdir()
    (kit / "exercise-01/answers.yaml").write_text("norm_after_20: 0.7**20\n")
    wrong = run(_grading(kit), kit)
    assert wrong.returncode == 1, wrong.stderr
    assert "exercise-01/answers.yaml\n" in wrong.stdout
    assert "::error file=exercise-04/tanh_jacobian.py," in wrong.stdout
    shutil.rmtree(kit / "exercise-01")
    (kit / "exercise-04/tanh_jacobian.py").unlink()
    (kit / "exercise-04/tanh_jacobian.ipynb").write_text(notebook(RIGHT.read_text()))
    right = run(_grading(kit), kit)
    assert right.returncode == 0, right.stdout
    assert "::notice file=exercise-04/tanh_jacobian.ipynb," in right.stdout


def test_its_libraries_are_installed_with_it(kit: Path) -> None:
    install = commands(kit / ".github/workflows/grade.yml")[1].splitlines()
    assert install[0] == "python -m pip install '.[bubblewrap]'"
    assert install[1].startswith("python -m pip install torch --index-url ")


def test_what_is_there_stays(kit: Path) -> None:
    before = (kit / ".github/workflows/grade.yml").read_text()
    done = Command(kit)("new", "ci", "--for", "students", course=kit)
    assert done.code == 2
    assert "grade.yml is there already" in done.err
    assert (kit / ".github/workflows/grade.yml").read_text() == before


def test_each_workflow_has_its_place(kit: Path, gradecheck: Command, tmp_path: Path) -> None:
    in_kit = Command(kit)("new", "ci", course=kit)
    assert in_kit.code == 2
    assert "`gradecheck new ci --for students`" in in_kit.err
    begin(gradecheck, tmp_path / "course")
    in_course = gradecheck("new", "ci", "--for", "students", course=tmp_path / "course")
    assert in_course.code == 2
    assert "must never be in a student's repository" in in_course.err
    nowhere = gradecheck("new", "ci", course=tmp_path / "course")
    assert nowhere.code == 2
    assert "with --install" in nowhere.err
    named = gradecheck("new", "ci", "mine", course=tmp_path / "course")
    assert "`gradecheck new ci` has no id" in named.err
    assert not (tmp_path / "course/.github").exists()
