"""Another package called `autograder` beside ours, or over it, is named; it isn't run in the place of gradecheck."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import REPOSITORY, Command

THEIRS = 'print("a stranger\'s code")\n'


@pytest.fixture
def stranger(tmp_path: Path) -> Path:
    """A folder with someone else's `autograder`, which has a command line of its own."""
    package = tmp_path / "elsewhere" / "autograder"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(THEIRS, encoding="utf-8")
    (package / "cli.py").write_text("def main():\n    print('I am another autograder')\n", encoding="utf-8")
    return package.parent


def test_one_that_comes_first_is_named_and_not_run(stranger: Path, tmp_path: Path) -> None:
    done = Command(tmp_path)("list", PYTHONPATH=str(stranger))
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"{stranger / 'autograder'} is another package called `autograder`")
    assert done.err.count("\n") == 1


@pytest.mark.parametrize("left", ["their __init__.py", "none"])
def test_one_that_was_installed_over_ours_is_noticed(left: str, tmp_path: Path) -> None:
    ours = tmp_path / "site-packages"
    shutil.copytree(REPOSITORY / "autograder", ours / "autograder", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(REPOSITORY / "gradecheck_course.py", ours)
    command = [sys.executable, "-c", "import gradecheck_course; gradecheck_course.main()", "--version"]

    def run() -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd=ours, capture_output=True, text=True, timeout=300, check=False)

    assert run().returncode == 0
    (ours / "autograder/__init__.py").unlink()
    if left != "none":
        (ours / "autograder/__init__.py").write_text(THEIRS, encoding="utf-8")
    done = run()
    assert (done.returncode, done.stdout) == (2, "")
    assert "autograder" in done.stderr
    assert "environment of its own" in done.stderr
