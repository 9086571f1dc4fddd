"""The autograder for Gradescope, run as Gradescope runs it, in a folder laid out like its container."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder.export.gradescope_autograder import requirements
from tests.command import REPOSITORY, Command

#: Each builds an environment, as Gradescope would.
pytestmark = pytest.mark.fresh

EXERCISE = "exercise-04"
SOLUTION = REPOSITORY / "solutions" / EXERCISE


class Container:
    """What /autograder is there: source/ from the zip, run_autograder beside it, submission/ and results/."""

    def __init__(self, root: Path) -> None:
        self.root = root
        own = Path(sys.executable).parent
        path = [folder for folder in os.environ["PATH"].split(os.pathsep) if Path(folder) != own]
        self._environment = {"PATH": os.pathsep.join(path)} | {
            name: value for name, value in os.environ.items() if name.startswith(("PIP_", "HTTP", "http", "SSL_"))
        }
        for name in ("source", "submission", "results"):
            (root / name).mkdir()

    def build(self, archive: Path) -> None:
        """As when the image is built."""
        source = self.root / "source"
        with zipfile.ZipFile(archive) as opened:
            opened.extractall(source)
        shutil.copy(source / "run_autograder", self.root)
        for script in (source / "setup.sh", self.root / "run_autograder"):
            script.chmod(0o755)
        self._run(source / "setup.sh")

    def grade(self, files: dict[str, bytes]) -> dict[str, Any]:
        """As for one submission."""
        for name in ("submission", "results"):
            shutil.rmtree(self.root / name)
            (self.root / name).mkdir()
        for name, data in files.items():
            (self.root / "submission" / name).parent.mkdir(parents=True, exist_ok=True)
            (self.root / "submission" / name).write_bytes(data)
        self._run(self.root / "run_autograder")
        results: dict[str, Any] = json.loads((self.root / "results" / "results.json").read_text(encoding="utf-8"))
        return results

    def _run(self, script: Path) -> None:
        done = subprocess.run(
            [script], cwd="/", env=self._environment, capture_output=True, text=True, timeout=900, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def container(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Container]:
    """A container that has been built. Programs run as another user, who must be able to see the engine in it."""
    gradecheck = Command(tmp_path_factory.mktemp("work"))
    archive = gradecheck.folder / "autograder.zip"
    done = gradecheck("export", "gradescope-autograder", "--exercise", EXERCISE, "--out", archive)
    assert done.code == 0, done.err
    with tempfile.TemporaryDirectory(prefix="gradescope-") as folder:
        Path(folder).chmod(0o755)
        container = Container(Path(folder))
        container.build(archive)
        yield container


def test_a_right_submission_gets_all_points(container: Container) -> None:
    results = container.grade({"work/Tanh_Jacobian (1).py": (SOLUTION / "tanh_jacobian.py").read_bytes()})
    assert results["score"] == sum(test["max_score"] for test in results["tests"]) > 0
    assert {test["status"] for test in results["tests"]} == {"passed"}
    assert "was taken for tanh_jacobian.py" in results["output"]


def test_a_wrong_one_is_told_its_misconception(container: Container, tmp_path: Path) -> None:
    source = (SOLUTION / "misconceptions" / "slope-not-squared.py").read_bytes()
    results = container.grade({"tanh_jacobian.py": source})
    report = Command(tmp_path).grade(EXERCISE, source)
    assert results["score"] == report["score"] < report["points"]
    assert results["extra_data"]["misconceptions"] == ["slope-not-squared"]
    assert results["extra_data"]["isolation"] == {EXERCISE: report["isolation"]}
    failed = [test for test in results["tests"] if test["status"] == "failed"]
    assert all(test["tags"] == ["slope-not-squared"] for test in failed)
    assert all("Misconception: " in test["output"] for test in failed)


def test_nothing_handed_in_is_no_failure_of_the_grader(container: Container) -> None:
    results = container.grade({})
    assert results["score"] == 0
    assert [test["output"] for test in results["tests"]] == ["Hand in tanh_jacobian.py."]


@pytest.mark.parametrize(
    "folder", [f"{EXERCISE}-jane/", "submitted/jane/hw/", "submission_1/", "section-A/jane/", "a b/ü/"]
)
def test_no_folder_of_theirs_is_taken_for_a_class(folder: str, container: Container) -> None:
    results = container.grade({f"{folder}tanh_jacobian.py": (SOLUTION / "tanh_jacobian.py").read_bytes()})
    assert results["score"] == 10


def test_a_failure_of_the_grader_is_told_and_decides_nothing(container: Container) -> None:
    exercises = container.root / "source" / "exercises.txt"
    kept = exercises.read_text()
    exercises.write_text("exercise-99\n")
    results = container.grade({"tanh_jacobian.py": b"x = 1\n"})
    exercises.write_text(kept)
    assert results["score"] == 0
    assert "decide nothing" in results["output"]


def test_a_submission_finds_neither_course_nor_results(container: Container) -> None:
    root = str(container.root)
    source = f"""
import pathlib
seen = []
for place in ("{root}/source/course", "{root}/results", "{root}/source/course/solutions/{EXERCISE}/tanh_jacobian.py"):
    try:
        path = pathlib.Path(place)
        seen.append(sorted(path.iterdir()) if path.is_dir() else path.read_text())
    except OSError as error:
        print(type(error).__name__)
print("seen", seen)
try:
    pathlib.Path("{root}/results/results.json").write_text('{{"score": 100}}')
except OSError as error:
    print("kept out")
def tanh_jacobian(*arguments):
    return None
"""
    results = container.grade({"tanh_jacobian.py": source.encode()})
    assert results["score"] == 0
    assert "kept out" in results["output"]
    assert "W_hh" not in results["output"].partition("What the program printed:")[2]


def test_only_what_is_graded_is_installed() -> None:
    light, full = requirements(with_torch=False), requirements(with_torch=True)
    assert [line for line in full if line not in light] == [line for line in full if line.startswith("torch==")]
    assert len(full) == len(light) + 1
    assert all(line.count("==") == 1 and "+" not in line for line in full)
    assert any(line.startswith("numpy==") for line in light)


def test_the_zip_is_the_same_every_time(tmp_path: Path) -> None:
    gradecheck = Command(tmp_path)
    for name in ("one.zip", "two.zip"):
        assert gradecheck("export", "gradescope-autograder", "--exercise", EXERCISE, "--out", name).code == 0
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert archive.read("exercises.txt") == b"exercise-04\n"
        assert archive.getinfo("run_autograder").external_attr >> 16 & 0o111


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--exercise", "exercise-40", "--out", "x.zip"], "There is no exercise 'exercise-40'"),
        (["--out", "folder"], "name a file that ends with .zip"),
    ],
)
def test_misuse_is_said_in_one_line(tmp_path: Path, arguments: list[str], sentence: str) -> None:
    done = Command(tmp_path)("export", "gradescope-autograder", *arguments)
    assert done.code == 2
    assert sentence in done.err
