"""An exercise's checks on pytest's own command line, for their author."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.grading.test_authored_checks import WRONG, written


def run_pytest(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300)


@pytest.mark.parametrize("mode", ["prepend", "importlib"])
def test_without_a_file_the_reference_is_asked(tmp_path: Path, mode: str) -> None:
    done = run_pytest(written(tmp_path), "solutions/exercise-02/checks.py", f"--import-mode={mode}")
    assert "14 passed" in done.stdout
    assert done.returncode == 0


def test_a_file_is_asked_with_the_options_of_pytest_and_values_are_shown(tmp_path: Path) -> None:
    written(tmp_path)
    (tmp_path / "mine.py").write_text(WRONG)
    file = "solutions/exercise-02/checks.py"
    done = run_pytest(tmp_path, file, "--submission", "mine.py", "-x", "-k", "one or pairs")
    assert "1 failed, 11 deselected" in done.stdout
    assert '>       agree("twice", x)' in done.stdout
    assert "it gave: 5.0" in done.stdout
    assert "autograder/grading" not in done.stdout


def test_a_file_that_is_not_there_is_misuse(tmp_path: Path) -> None:
    done = run_pytest(written(tmp_path), "solutions/exercise-02/checks.py", "--submission", "nobody.py")
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "There is no file nobody.py" in done.stderr


def test_where_no_checks_are_named_nothing_of_gradecheck_is_imported(tmp_path: Path) -> None:
    (tmp_path / "test_own.py").write_text(
        "import sys\n\n\ndef test_it():\n    loaded = {name for name in sys.modules if name.startswith('autograder')}\n"
        "    assert loaded == {'autograder', 'autograder.pytest_plugin'}\n"
    )
    assert "1 passed" in run_pytest(tmp_path, "test_own.py").stdout
