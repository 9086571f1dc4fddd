"""Checks that are read without pytest: the same as pytest's, and left to it wherever it could mean something else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from autograder.grading import plain_checks
from autograder.grading.checking import Check
from autograder.grading.collecting import HiddenChecks
from tests.command import REPOSITORY

CHECKS = sorted(REPOSITORY.glob("solutions/*/checks.py"))
HEAD = "import numpy as np\nfrom autograder.checks import points\n\n"
PLAIN = HEAD + '@points(2, hint="Look.")\ndef test_one(agree, rng):\n    """One."""\n    agree("f", rng.normal())\n'


def described(checks: list[Check]) -> list[Check]:
    return [replace(check, run=print) for check in checks]


@pytest.mark.parametrize("file", CHECKS, ids=lambda file: file.parent.name)
def test_the_course_needs_no_pytest_and_has_the_same_checks(file: Path) -> None:
    plain = plain_checks.read(file)
    assert plain is not None
    assert described(plain.checks) == described(HiddenChecks(file).checks)


OTHERS = {
    "a mention": "import pytest\n" + PLAIN,
    "a bare assert": PLAIN + "    assert rng is None\n",
    "an assert of a thing": PLAIN + "    assert rng, rng\n",
    "a class": PLAIN + "class TestMore:\n    def test_it(self): ...\n",
    "a fixture": PLAIN + "def test_two(tmp_path): ...\n",
    "a default": PLAIN + "def test_two(agree=1): ...\n",
    "any arguments": PLAIN + "def test_two(*agree): ...\n",
    "another's name": PLAIN + "def rng(): ...\n",
    "a generator": PLAIN + "def test_two(agree):\n    yield\n",
    "a coroutine": PLAIN + "async def test_two(agree): ...\n",
    "no function": PLAIN + "test_two = print\n",
    "another's function": PLAIN + "from textwrap import dedent as test_two\n",
    "a fault": PLAIN + "1 / 0\n",
    "an end": PLAIN + "raise SystemExit\n",
    "no Python": PLAIN + "def (:\n",
}


@pytest.mark.parametrize("source", OTHERS.values(), ids=OTHERS.keys())
def test_what_pytest_could_mean_otherwise_is_left_to_it(tmp_path: Path, source: str) -> None:
    (tmp_path / "checks.py").write_text(source)
    assert plain_checks.read(tmp_path / "checks.py") is None


@pytest.mark.parametrize("name", ["conftest.py", "test_more.py", "more_test.py"])
def test_files_of_pytests_own_are_left_to_it(tmp_path: Path, name: str) -> None:
    (tmp_path / "checks.py").write_text(PLAIN)
    assert plain_checks.read(tmp_path / "checks.py") is not None
    (tmp_path / name).write_text("")
    assert plain_checks.read(tmp_path / "checks.py") is None


def test_a_helper_beside_is_found_and_one_that_speaks_of_pytest_leaves_all_to_it(tmp_path: Path) -> None:
    (tmp_path / "checks.py").write_text(PLAIN + "    import samples\n    agree('f', samples.SIZE)\n")
    (tmp_path / "samples.py").write_text("SIZE = 3\n")
    (tmp_path / "reference.py").write_text("import pytest\n")
    assert plain_checks.read(tmp_path / "checks.py", frozenset({"reference"})) is not None
    (tmp_path / "samples.py").write_text("import pytest\nSIZE = 3\n")
    assert plain_checks.read(tmp_path / "checks.py", frozenset({"reference"})) is None


def test_an_annotation_means_what_it_does_to_python(tmp_path: Path) -> None:
    (tmp_path / "checks.py").write_text(
        PLAIN + "def kind(x: int): ...\nassert kind.__annotations__['x'] is int, 'so'\n"
    )
    assert plain_checks.read(tmp_path / "checks.py") is not None


def test_nothing_imports_pytest_to_grade_a_right_program() -> None:
    program = """if True:
        import sys
        from pathlib import Path
        from autograder.course import CourseRoot, load_course, load_exercise
        from autograder.grading.grade import grade
        from autograder.grading.submission import read_submission
        root = CourseRoot.at(Path.cwd())
        exercise = load_exercise(root, "exercise-04")
        (report,) = grade(load_course(root), exercise, [read_submission(exercise.reference)], fall_back=True)
        print(report.passed, "pytest" in sys.modules)
    """
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=REPOSITORY, check=True)
    assert run.stdout == "True False\n"
