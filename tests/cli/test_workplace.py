"""What `run` takes for an exercise and its file: a number, a path, a notebook, nothing at all."""

from __future__ import annotations

import pytest

from tests.command import Command
from tests.handing_in import DRILL_ANSWERS, FILE, RIGHT
from tests.notebooks import notebook

FOLDER = "exercise-01"


@pytest.fixture
def answered(gradecheck: Command) -> Command:
    """Somebody who has filled in one number."""
    (gradecheck.folder / FOLDER).mkdir()
    (gradecheck.folder / FOLDER / "answers.yaml").write_text(DRILL_ANSWERS)
    return gradecheck


@pytest.mark.parametrize(
    ("where", "arguments"),
    [
        ("", ["1"]),
        ("", ["01"]),
        ("", [FOLDER]),
        ("", [f"{FOLDER}/"]),
        ("", [f"{FOLDER}/answers.yaml"]),
        ("", [f"./{FOLDER}/answers.yaml"]),
        ("", ["1", f"{FOLDER}/answers.yaml"]),
        (FOLDER, []),
        (FOLDER, ["answers.yaml"]),
    ],
)
def test_the_exercise_and_its_file_are_found(where: str, arguments: list[str], answered: Command) -> None:
    done = Command(answered.folder / where)("run", *arguments, "--json")
    assert done.code == 1, done.err
    assert done.report["exercise"] == FOLDER
    assert done.report["score"] > 0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "Which exercise? Name it"),
        (["99"], "There is no exercise '99'"),
        (["there/isnt.py"], "There is no file there/isnt.py"),
        (["there\\isnt"], "There is no file there\\isnt"),
        (["mine.py"], "Which exercise is mine.py for? Name it first"),
    ],
)
def test_what_can_not_be_meant_is_asked_for(arguments: list[str], sentence: str, gradecheck: Command) -> None:
    (gradecheck.folder / "mine.py").write_text("x = 1\n")
    done = gradecheck("run", *arguments)
    assert done.code == 2
    assert sentence in done.err


def test_a_notebook_is_graded_as_a_program(gradecheck: Command) -> None:
    cells = ["%matplotlib inline\nfrom helpers import TWO", "import seaborn\nimport pandas", RIGHT, "tanh_jacobian()"]
    (gradecheck.folder / "tanh_jacobian.ipynb").write_text(notebook(*cells))
    (gradecheck.folder / "helpers.py").write_text("TWO = 2\n")
    done = gradecheck("run", "tanh_jacobian.ipynb")
    assert done.code == 0, done.out + done.err
    assert "10 of 10" in done.out
    said = " ".join(done.out.split())
    assert (
        "Code cell 2, line 2 raised ModuleNotFoundError: No module named 'pandas'. This exercise allows numpy" in said
    )
    assert "Code cell 4, line 1 raised TypeError" in said


def test_utf_16_is_graded_and_told(gradecheck: Command) -> None:
    (gradecheck.folder / FILE).write_bytes(RIGHT.encode("utf-16"))
    done = gradecheck("run", "4", "--json")
    assert done.code == 0, done.err
    assert "UTF-16" in done.report["remarks"][0]


def test_syntax_of_a_newer_python_names_both(gradecheck: Command) -> None:
    (gradecheck.folder / FILE).write_text(f"{RIGHT}\nprint(t'{{1}}')\n")
    done = gradecheck("run", "4")
    assert "Programs run on Python 3.1" in done.out
    assert "came with Python 3.14" in done.out


def test_show_says_which_libraries_it_allows(gradecheck: Command) -> None:
    assert "It may import numpy, and Python's own modules." in gradecheck("show", "exercise-04").out


def test_show_goes_on_from_where_one_is(gradecheck: Command) -> None:
    assert gradecheck("show", FOLDER).out.endswith(f"Next: gradecheck start {FOLDER}\n")
    gradecheck("start", FOLDER)
    assert gradecheck("show", FOLDER).out.endswith(f"Next: gradecheck run {FOLDER}\n")
