"""`%%gradecheck` and `%gradecheck` in a real kernel: what is graded, what is shown, and what is recorded."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from tests.command import Command
from tests.jupyter.kernel import Output, run_cells
from tests.small_course import change

pytestmark = pytest.mark.kernel

LOAD = "%load_ext autograder"
JACOBIAN = """\
def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    z = W_hh @ h_prev + W_xh @ x + b
    return slope(z)[:, None] * W_hh"""
SLOPE = "def slope(z):\n    return 1 - np.tanh(z) ** 2"
NUMPY = "import numpy as np"


def test_a_cell_is_run_and_graded_with_what_it_uses_of_others(tmp_path: Path) -> None:
    cells = [LOAD, f"!echo ready\n%matplotlib inline\n\n{NUMPY}", f"%%time\n{SLOPE}", "print(unknown)",
             f"%%gradecheck exercise-04\nprint('said')\n{JACOBIAN}", "tanh_jacobian.__name__"]  # fmt: skip
    *_, graded, after = run_cells(tmp_path, *cells)
    assert "10 of 10 points" in graded.text
    assert "Graded: this cell [5], with np [2], slope [3]." in graded.text
    assert "Graded: this cell [5], with np [2], slope [3]." in graded.html
    assert "Next: %gradecheck show exercise-05, then %gradecheck start exercise-05 --notebook" in graded.text
    assert graded.printed == "said\n"
    assert after.text == "'tanh_jacobian'"
    done = Command(tmp_path)("progress", "--json")
    assert '"exercise-04"' in done.out
    assert '"runs": 1' in done.out


def test_what_the_notebook_defines_is_graded_as_it_stands_then(tmp_path: Path) -> None:
    wrong = SLOPE.replace(" ** 2", "")
    cells = [LOAD, f"{NUMPY}\n{wrong}", JACOBIAN, "%gradecheck exercise-04", SLOPE, "%gradecheck 4",
             "%gradecheck exercise-04 tanh_jacobian --all"]  # fmt: skip
    _, _, _, first, _, second, named = run_cells(tmp_path, *cells)
    assert "Misconception: Slope of tanh taken as 1 − tanh(z), not 1 − tanh²(z)" in first.text
    assert "Graded: tanh_jacobian [3], with np [2], slope [2]." in first.text
    assert "Next: %hint exercise-04" in first.text
    assert "%hint exercise-04" in _page(first)
    assert "1 → 10 of 10 points" in second.text
    assert "Graded: tanh_jacobian [3], with np [2], slope [5]." in second.text
    assert named.text.count("passed  ") == 9


def test_lines_are_those_of_the_cells(tmp_path: Path) -> None:
    broken = JACOBIAN.replace("slope(z)", "slope(y)")
    *_, by_cell, by_name = run_cells(
        tmp_path, LOAD, f"{NUMPY}\n{SLOPE}", f"%%gradecheck exercise-04\n\n{broken}", "%gradecheck exercise-04"
    )
    for each in (by_cell, by_name):
        assert "it raises NameError at code cell 3, line 5\n" in each.text
        assert each.text.count("NameError: name 'y' is not defined") == 1
        assert "code cell 3, line 5, in tanh_jacobian" in _page(each)
        assert not re.search(r"(?<!, )line \d", each.text)


def test_a_cell_s_page_runs_nothing_nor_does_a_cell_that_is_no_python(tmp_path: Path) -> None:
    waiting = f"import asyncio\nawait asyncio.sleep(0)\n{JACOBIAN}"
    cells = ["print('run')\ndef tanh_jacobian(:\n    pass", "tanh_jacobian = '</iframe><script>1</script>'", waiting]
    _, graded, framed, waited = run_cells(tmp_path, LOAD, *(f"%%gradecheck exercise-04\n{cell}" for cell in cells))
    assert 'sandbox=""' in framed.html
    assert "<script" not in framed.html
    assert "default-src &#x27;none&#x27;" in framed.html
    assert "prefers-color-scheme: dark" in _page(framed)
    assert "</iframe><script>" not in framed.html
    # One that waits at its top, which is no Python, is graded with what it defines.
    assert waited.complaint == ""
    assert "NameError: name 'slope' is not defined" in waited.text
    assert graded.printed == graded.complaint == ""
    assert "There is a syntax error at code cell 2, line 3" in graded.text
    assert "Next: %%gradecheck exercise-04" in graded.text


def test_an_exception_at_the_top_is_shown_and_graded(tmp_path: Path) -> None:
    cell = f"%%gradecheck exercise-04\n{NUMPY}\n{SLOPE}\n{JACOBIAN}\n1 / 0\nlate = 1"
    _, graded, after = run_cells(tmp_path, LOAD, cell, "%gradecheck exercise-04")
    assert "ZeroDivisionError" in graded.complaint
    assert "In[2]" in re.sub(r"\x1b\[[\d;]*m", "", graded.complaint).replace(" ", "")
    assert "10 of 10 points" in graded.text
    assert "Code cell 2, line 8 raised ZeroDivisionError" in graded.text
    assert "10 of 10 points, as before" in after.text


def test_a_cell_is_graded_whole_wherever_it_was_stopped(tmp_path: Path) -> None:
    cell = f"%%gradecheck exercise-04\n%unknown_magic\n{SLOPE}\n{JACOBIAN}"
    _, _, graded, after = run_cells(tmp_path, LOAD, NUMPY, cell, "%gradecheck exercise-04")
    assert "`%unknown_magic` not found" in graded.complaint
    assert "10 of 10 points" in graded.text
    assert "No cell that ran in this notebook defines tanh_jacobian" in after.complaint


def test_files_beside_the_notebook_are_graded_along(tmp_path: Path) -> None:
    (tmp_path / "slopes.py").write_text(f"{NUMPY}\n\n\n{SLOPE}\n")
    (tmp_path / "random.py").write_text("raise SystemExit('this is no part of the grader')\n")
    _, _, graded = run_cells(tmp_path, LOAD, "from slopes import slope", f"%%gradecheck exercise-04\n{JACOBIAN}")
    assert "10 of 10 points" in graded.text


def test_numbers_of_a_drill_are_graded_as_they_stand(tmp_path: Path) -> None:
    _, named, graded = run_cells(
        tmp_path, LOAD, "%gradecheck exercise-01", "%%gradecheck exercise-01\nnorm_after_20: 0.7**20"
    )
    assert "write %%gradecheck exercise-01 at the top" in named.complaint
    assert "exercise-01" in graded.text
    assert graded.complaint == ""
    assert "Graded: this cell [3]." in graded.text


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("%gradecheck exercise-04", "No cell that ran in this notebook defines tanh_jacobian. Run the one that does"),
        ("%gradecheck exercise-04 jacobian", "exercise-04 doesn't ask for jacobian. It asks for tanh_jacobian"),
        ("%gradecheck exercise-4", "There is no exercise 'exercise-4'. Did you mean 'exercise-04'?"),
        ("%gradecheck", "Which exercise? Name it, as in `%gradecheck exercise-01`"),
        ("%gradecheck exercise-04 --fats", "No such option '--fats'"),
        ("%gradecheck exercise-04 'a", "This line can't be read: No closing quotation."),
        ("%%gradecheck exercise-04 tanh_jacobian\nx = 1", "%%gradecheck grades the cell as a whole: leave out"),
        ("%gradecheck practice", "`practice` needs a terminal. In a notebook there is %quiz"),
        ("%hint exercise-99", "There is no exercise 'exercise-99'"),
        ("%answer b", "Which quiz? Open one first, as in %quiz products"),
        ("%quiz product", "There is no quiz 'product'. Did you mean 'products'?"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_one_line(cell: str, sentence: str, complaints: dict[str, str]) -> None:
    assert sentence in complaints[cell]
    assert "Traceback" not in complaints[cell]
    assert len(complaints[cell].strip().splitlines()) == 1


@pytest.fixture(scope="module")
def complaints(request: pytest.FixtureRequest, module_folder: Path) -> dict[str, str]:
    """What each of these cells complains of, all in one kernel."""
    marks = test_what_is_wrong_is_one_line.pytestmark  # type: ignore[attr-defined]
    cells = [cell for cell, _ in marks[0].args[1]]
    return dict(zip(cells, (each.complaint for each in run_cells(module_folder, LOAD, *cells)[1:]), strict=True))


def test_a_course_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    cells = [LOAD, "%env GRADECHECK_COURSE=/no/such/folder", "%gradecheck exercise-04", "%quiz", "%hint 4"]
    for each in run_cells(tmp_path, *cells)[2:]:
        assert "GRADECHECK_COURSE names a folder without course.yaml" in each.complaint
        assert "Traceback" not in each.complaint


def test_commands_of_the_terminal_work_in_a_cell(tmp_path: Path) -> None:
    _, listed, hint, again, started = run_cells(
        tmp_path, LOAD, "%gradecheck list", "%gradecheck hint 4", "%hint 4", "%gradecheck start exercise-02 --notebook"
    )
    assert "0 of 180 points" in listed.printed
    assert "Next: %gradecheck show exercise-01, then %gradecheck start exercise-01 --notebook" in listed.printed
    assert "Hint 1 of 4" in hint.text
    assert "Hint 2 of 4" in again.text
    assert "$" in again.shown["text/markdown"]
    assert "2 more hints: %hint exercise-04" in again.text
    assert (tmp_path / "exercise-02" / "decay.ipynb").is_file(), started.complaint


def test_what_isn_t_installed_is_installed_by_a_magic(tmp_path: Path, small_course: Path) -> None:
    change(small_course, "exercises/exercise-02/exercise.yaml", "needs: [numpy]", "needs: [no_such_library]")
    cells = [LOAD, f"%env GRADECHECK_COURSE={small_course}", "%%gradecheck 2\ndef twice(x):\n    return 2 * x"]
    *_, refused = run_cells(tmp_path, *cells)
    assert "no_such_library with `%pip install no_such_library`" in refused.complaint


def test_the_course_s_language_is_spoken(tmp_path: Path) -> None:
    cells = ["%env GRADECHECK_LANGUAGE=es", "%quiz --help", "%hint 4", "%gradecheck 4"]
    *_, described, hint, none = run_cells(tmp_path, LOAD, *cells)
    assert "La siguiente pregunta de un cuestionario; sin NOMBRE, de aquel en" in described.printed
    assert "Pista 1 de 4" in hint.text
    assert "Ninguna celda ejecutada en este cuaderno define tanh_jacobian" in none.complaint


def _page(output: Output) -> str:
    """The page in the frame."""
    found = re.search(r'srcdoc="([^"]*)"', output.html)
    assert found is not None
    return unescape(found[1])
