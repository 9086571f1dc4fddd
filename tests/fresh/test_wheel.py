"""A wheel of the tree, installed in an empty environment and used far from any checkout: the course is in it.

First without PyTorch, which most of the course does without; then with it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.command import REPOSITORY
from tests.fresh.tree import clone, pip_environment

pytestmark = pytest.mark.fresh
RIGHT = REPOSITORY / "solutions/exercise-04/tanh_jacobian.py"
WRONG = REPOSITORY / "docs/sample/tanh_jacobian.py"
GRU_CELL = REPOSITORY / "solutions/exercise-12/gru_cell.py"
CONSTRAINTS = REPOSITORY / "constraints.txt"
EVERY_LAYER = "Graded behind: bubblewrap, landlock, seccomp, rlimits"


@dataclass(frozen=True)
class Installation:
    """An environment with nothing but the wheel and what it brings, and a folder to work in."""

    environment: Path
    folder: Path

    def pip(self, *arguments: str | Path) -> None:
        command = [self.environment / "bin/python", "-m", "pip", *arguments]
        self._run(command, pip_environment(os.environ) | {"HOME": str(Path.home())})

    def gradecheck(self, *arguments: str | Path, typed: str = "", code: int = 0) -> str:
        """What a command prints, which must end with `code`."""
        own = {"HOME": str(self.folder), "GRADECHECK_DATA": f"{self.folder}/data"}
        return self._run([self.environment / "bin/gradecheck", *arguments], own, typed, code)

    def _run(self, command: list[str | Path], environment: dict[str, str], typed: str = "", code: int = 0) -> str:
        done = subprocess.run(
            command, cwd=self.folder, env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"} | environment, input=typed,
            capture_output=True, text=True, timeout=900, check=False,
        )  # fmt: skip
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr


@pytest.fixture(scope="module")
def installed() -> Iterator[Installation]:
    with tempfile.TemporaryDirectory(prefix="gradecheck-wheel-") as folder:
        Path(folder).chmod(0o755)
        environment, work = Path(folder) / "environment", Path(folder) / "work"
        work.mkdir()
        subprocess.run([sys.executable, "-m", "venv", environment], check=True)
        here = Installation(environment, work)
        here.pip("wheel", "--quiet", "--no-deps", "--wheel-dir", work, clone(Path(folder) / "tree"))
        (wheel,) = work.glob("gradecheck_course-*.whl")
        here.pip("install", "--quiet", "--no-compile", "--constraint", CONSTRAINTS, f"{wheel}[bubblewrap]")
        yield here


def test_the_course_is_listed(installed: Installation) -> None:
    assert "exercise-16" in installed.gradecheck("list")


def test_a_file_is_graded(installed: Installation) -> None:
    assert EVERY_LAYER in installed.gradecheck("run", "exercise-04", RIGHT, "--all")
    assert "Misconception: Slope of tanh" in installed.gradecheck("run", "exercise-04", WRONG, code=1)


def test_a_quiz_is_answered_from_a_pipe(installed: Installation) -> None:
    said = installed.gradecheck("quiz", "products", "--seed", "1", typed="c\n", code=1)
    assert "Your choice: wrong. Misconception: One factor too few or too many" in said


def test_a_class_of_three_is_graded(installed: Installation) -> None:
    for student, source in {"ada": RIGHT.read_bytes(), "emmy": WRONG.read_bytes(), "alan": b"def f("}.items():
        (installed.folder / "class" / student).mkdir(parents=True)
        (installed.folder / "class" / student / RIGHT.name).write_bytes(source)
    done = installed.gradecheck("batch", "class", "--out", "grades", "--exercise", "exercise-04", code=1)
    assert "3 students, 3 rows: 3 graded; 1 passed." in done


def test_the_course_is_written_as_pages(installed: Installation) -> None:
    installed.gradecheck("report", "--out", "pages")
    assert (installed.folder / "pages/index.html").is_file()


def test_pytorch_is_asked_for_where_it_is_needed_and_then_serves(installed: Installation) -> None:
    said = installed.gradecheck("run", "exercise-12", GRU_CELL, code=2)
    assert said.startswith("Error: exercise-12 needs PyTorch")
    assert said.count("\n") == 1
    installed.pip("install", "--quiet", "--no-compile", "--constraint", CONSTRAINTS, "torch")
    assert EVERY_LAYER in installed.gradecheck("run", "exercise-12", GRU_CELL, "--all")
