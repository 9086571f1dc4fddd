"""`gradecheck start --notebook`: an exercise as a notebook, which `run` grades as it does any file."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from autograder.course import CourseRoot, load_course, load_exercise
from autograder.course.worksheet import worksheet
from tests.command import REPOSITORY, Command
from tests.handing_in import RIGHT, STUB
from tests.jupyter.kernel import run_notebook
from tests.notebooks import notebook

FILE = "exercise-04/tanh_jacobian.ipynb"


def test_it_holds_the_statement_the_stub_and_a_cell_that_grades(gradecheck: Command) -> None:
    done = gradecheck("start", "4", "--notebook")
    assert done.out.startswith(f"{FILE} is ready. Open it in Jupyter, VS Code or Colab")
    statement, load, stub, grade, hint = _cells(gradecheck.folder / FILE)
    assert statement == (REPOSITORY / "exercises/exercise-04/statement.md").read_text().rstrip()
    assert "$$h_t = \\tanh(z_t)" in statement
    assert load.endswith("\n%load_ext autograder")
    assert stub == STUB.rstrip()
    assert (grade, hint) == ("%gradecheck exercise-04", "%hint exercise-04")


def test_it_loses_nothing_that_is_there(gradecheck: Command) -> None:
    gradecheck("start", "4", "--notebook")
    (gradecheck.folder / FILE).write_text("mine")
    refused = gradecheck("start", "4", "--notebook")
    assert refused.code == 2
    assert f"{FILE} is there already. Go on with it: `gradecheck run exercise-04`." in refused.err
    gradecheck("start", "4")  # a program, which comes before a notebook
    refused = gradecheck("start", "4", "--notebook")
    assert f"Go on with it: `gradecheck run exercise-04 {FILE}`." in refused.err
    assert (gradecheck.folder / FILE).read_text() == "mine"
    assert gradecheck("start", "4", "--notebook", "--force").code == 0
    assert (gradecheck.folder / f"{FILE}.1.old").read_text() == "mine"


def test_run_grades_it_without_its_magics(gradecheck: Command) -> None:
    gradecheck("start", "4", "--notebook")
    begun = gradecheck("run", "4")
    assert "Not started yet" in begun.out
    file = gradecheck.folder / FILE
    _fill_in(file, RIGHT)
    done = gradecheck("run", "4", "--json")
    assert done.code == 0, done.err
    assert done.report["submission"]["name"] == "tanh_jacobian.ipynb"
    assert "remarks" not in done.report


def test_its_cells_run_and_grade(gradecheck: Command) -> None:
    gradecheck("start", "4", "--notebook")
    file = gradecheck.folder / FILE
    _, stub, graded, hint = run_notebook(gradecheck.folder, nbformat.read(file, as_version=4))
    assert stub.complaint == ""
    assert "Not started yet" in graded.text
    assert "Hint 1 of 4" in hint.text
    _fill_in(file, RIGHT)
    outputs = run_notebook(gradecheck.folder, nbformat.read(file, as_version=4))
    assert "10 of 10 points" in outputs[2].text


def test_a_cell_that_is_graded_by_itself_is_part_of_the_program(gradecheck: Command) -> None:
    cells = [
        "%load_ext autograder",
        f"%%gradecheck exercise-04 --all\n{RIGHT}",
        "%hint exercise-04",
        "%quiz products\n%answer 1 b",
    ]
    (gradecheck.folder / "tanh_jacobian.ipynb").write_text(notebook(*cells))
    done = gradecheck("run", "tanh_jacobian.ipynb", "--json")
    assert done.code == 0, done.err
    assert "remarks" not in done.report


def test_an_error_in_a_notebook_is_told_by_its_cell(gradecheck: Command) -> None:
    broken = RIGHT.replace("np.tanh", "np.tahn")
    (gradecheck.folder / "tanh_jacobian.ipynb").write_text(notebook("x = 1", f"\n\n{broken}", "y = [\n%matplotlib"))
    done = gradecheck("run", "tanh_jacobian.ipynb")
    line = 2 + next(n for n, text in enumerate(broken.splitlines(), 1) if "tahn" in text)
    assert f"it raises AttributeError at code cell 2, line {line}\n" in done.out
    assert "tanh_jacobian.ipynb:" not in done.out


@pytest.mark.parametrize("exercise", ["exercise-01", "exercise-04", "exercise-12", "exercise-14"])
def test_it_is_a_notebook_as_the_format_has_it(exercise: str) -> None:
    course = load_course(CourseRoot.at(REPOSITORY))
    nbformat.validate(nbformat.reads(worksheet(load_exercise(course.root, exercise)), as_version=4))


def test_numbers_stand_below_their_magic(gradecheck: Command) -> None:
    gradecheck("start", "1", "--notebook")
    *_, numbers, _ = _cells(gradecheck.folder / "exercise-01/answers.ipynb")
    assert numbers.startswith("%%gradecheck exercise-01\n# Exercise 01")
    done = gradecheck("run", "1", "exercise-01/answers.ipynb")
    assert "Not started yet" in done.out


def _cells(file: Path) -> list[str]:
    return [cell.source for cell in nbformat.read(file, as_version=4).cells]


def _fill_in(file: Path, program: str) -> None:
    """Write a program where the stub is."""
    content = nbformat.read(file, as_version=4)
    next(cell for cell in content.cells if cell.source == STUB.rstrip()).source = program
    nbformat.write(content, file)
