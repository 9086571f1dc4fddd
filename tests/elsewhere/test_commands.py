"""What a student types works on every system: a first exercise, a quiz, their record; a class is refused."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.elsewhere import REPOSITORY, SYSTEMS
from tests.grading.test_whole_programs import course

__all__ = ["course"]

pytestmark = pytest.mark.elsewhere

_PATIENCE = 300.0
#: What starts no program in another way than the others here: Windows lacks all that macOS lacks, and more.
ON_ONE = pytest.mark.parametrize("typed", ["win32" if sys.platform == "linux" else sys.platform], indirect=True)
_WRONG = "import numpy as np\r\ndef tanh_jacobian(h_prev, x, W_hh, W_xh, b):\r\n    # größer\r\n    return W_hh\r\n"


@pytest.fixture(params=SYSTEMS if sys.platform == "linux" else [sys.platform])
def typed(request: pytest.FixtureRequest, tmp_path: Path) -> Typed:
    folder = tmp_path / "Übung 1"
    folder.mkdir()
    return Typed(request.param, folder)


class Typed:
    """Runs commands on a system, in a folder of their own."""

    def __init__(self, system: str, folder: Path) -> None:
        self.folder, self._system = folder, system
        self.course = REPOSITORY
        # What opens a file as text without saying its encoding would get another one on Windows.
        own = {"PYTHONPATH": str(REPOSITORY), "GRADECHECK_DATA": str(folder / "data"), "PYTHONUTF8": "0"}
        self._environment = {**os.environ, **own, "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}

    def __call__(self, *arguments: str, code: int = 0, typing: str = "") -> str:
        """What a command prints, and on standard error; the code that it ends with is checked."""
        return self._printed([*self._start(), *arguments], code, typing)

    def _start(self) -> list[str]:
        return [sys.executable, "-m", "tests.elsewhere", self._system, "--course", str(self.course)]

    def cells(self, *cells: str) -> str:
        """What cells of a notebook show."""
        self._environment |= {"GRADECHECK_COURSE": str(REPOSITORY), "IPYTHONDIR": str(self.folder / "ipython")}
        command = [sys.executable, "-m", "tests.elsewhere.notebook", self._system]
        return self._printed(command, typing=json.dumps(cells))

    def _printed(self, command: list[str], code: int = 0, typing: str = "") -> str:
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=self._environment,
            input=typing,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_PATIENCE,
        )
        assert done.returncode == code, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done.stdout + done.stderr

    def watching(self, *arguments: str) -> subprocess.Popen[str]:
        command = [*self._start(), "run", *arguments, "--watch", "--json"]
        return subprocess.Popen(
            command, cwd=self.folder, env=self._environment, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )


def test_the_first_hour(typed: Typed) -> None:
    assert "is ready" in typed("start", "exercise-04")
    file = typed.folder / "exercise-04" / "tanh_jacobian.py"
    assert b"\r" not in file.read_bytes()
    file.write_bytes(_WRONG.encode())
    said = typed("run", "exercise-04", code=1)
    assert "Not behind the wall: your own code only" in said
    assert "Misconception" in said
    report = json.loads(typed("run", "exercise-04", "--json", "--html", "report.html", code=1))
    assert report["isolation"] == []
    assert (typed.folder / "report.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert "Hint 1" in typed("hint", "exercise-04")
    file.write_bytes((REPOSITORY / "solutions/exercise-04/tanh_jacobian.py").read_bytes())
    assert "10 of 10 points" in typed("run", "exercise-04")
    assert "10 of 180 points" in typed("progress")
    typed("report", "--out", "pages")
    assert (typed.folder / "pages" / "index.html").is_file()


@ON_ONE
def test_a_quiz_and_a_drill(typed: Typed) -> None:
    typed("quiz", "products", "--seed", "1", typing="c\nq\n", code=1)
    assert "Wrong" in typed("quiz", "products", "--review")
    typed("start", "exercise-01")
    typed("run", "exercise-01", code=1)


@ON_ONE
def test_a_script_with_files_and_a_program_in_several(typed: Typed, course: Path) -> None:
    typed.course = course
    for exercise, file, right, wrong, words in (
        ("count", "count.py", "int(input())", "1", 'prints is "There are 2", expected "There are 1"'),
        ("route", "graph.py", "a + STEP]", "a]", "and that is not the right number"),
    ):
        typed("start", exercise)
        for name in (typed.folder / exercise).iterdir():
            name.write_bytes((course / "solutions" / exercise / name.name).read_bytes())
        assert "1 of 1 point" in typed("run", exercise)
        mine = typed.folder / exercise / file
        mine.write_text(mine.read_text(encoding="utf-8").replace(right, wrong), encoding="utf-8")
        assert words in " ".join(typed("run", exercise, code=1).split())


@ON_ONE
def test_a_notebook(typed: Typed) -> None:
    typed("start", "exercise-04", "--notebook")
    assert (typed.folder / "exercise-04" / "tanh_jacobian.ipynb").is_file()
    graded = f"%%gradecheck exercise-04\n{_WRONG}"
    broken = "%%gradecheck exercise-04\ndef tanh_jacobian(:\n    pass"
    said = typed.cells(graded.replace("\r", ""), "%hint", "%quiz products", "%answer 1 a", broken)
    assert "Not behind the wall: your own code only" in said
    assert "Misconception" in said
    assert "Hint 1" in said
    assert "Question 1 of 12" in said
    assert "Your choice: " in said
    assert "There is a syntax error at code cell 6, line 2" in said


@ON_ONE
def test_a_notebook_with_lines_that_are_no_python(typed: Typed) -> None:
    code = (REPOSITORY / "solutions/exercise-04/tanh_jacobian.py").read_text(encoding="utf-8")
    cells = [
        {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": source}
        for source in ("%matplotlib inline\n!pip list", code)
    ]
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}
    (typed.folder / "mein Heft.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    said = typed("run", "exercise-04", "mein Heft.ipynb")
    assert "10 of 10 points" in said
    assert "IPython" not in said


def test_a_file_that_is_watched(typed: Typed) -> None:
    file = typed.folder / "tanh_jacobian.py"
    file.write_bytes(_WRONG.encode())
    with typed.watching("exercise-04", file.name) as process:
        assert process.stdout is not None
        first = json.loads(process.stdout.readline())
        new = typed.folder / ".new"  # which is never seen empty, as one is that is written in its place
        new.write_bytes((REPOSITORY / "solutions/exercise-04/tanh_jacobian.py").read_bytes())
        new.replace(file)
        second = json.loads(process.stdout.readline())
        process.kill()
    assert not first["passed"]
    assert second["passed"]


def test_a_class_is_refused_and_the_doctor_says_what_there_is(typed: Typed) -> None:
    (typed.folder / "class").mkdir()
    for option in ([], ["--unsandboxed"]):
        said = typed("batch", "class", "--out", "out", *option, code=2)
        assert said.startswith("Error: A batch needs Linux.")
        assert said.count("\n") == 1
    said = typed("doctor", code=1)
    assert "own programs  holds" in said
    assert "Grade only your own programs here." in said
