"""What `run` takes for an exercise and its file: a number, a path, a notebook, nothing at all."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Barrier

import pytest

from autograder.cli import start
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
        ("", ["1", FOLDER]),
        (FOLDER, ["1", "."]),
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
        (["4", "."], f"There is no {FILE} in '.'. Name the file to grade."),
        (["products"], "products is a quiz: `gradecheck quiz products`."),
    ],
)
def test_what_can_not_be_meant_is_asked_for(arguments: list[str], sentence: str, gradecheck: Command) -> None:
    (gradecheck.folder / "mine.py").write_text("x = 1\n")
    done = gradecheck("run", *arguments)
    assert done.code == 2
    assert sentence in done.err


def test_an_exercise_is_not_begun_within_itself(answered: Command) -> None:
    done = Command(answered.folder / FOLDER)("start", "1")
    assert "Error: answers.yaml is there already. Go on with it: `gradecheck run exercise-01`." in done.err
    assert [each.name for each in (answered.folder / FOLDER).iterdir() if each.is_file()] == ["answers.yaml"]


@pytest.mark.parametrize("part", ["exercises", "solutions"])
def test_nothing_is_begun_over_the_files_of_the_course(part: str, tmp_path: Path, small_course: Path) -> None:
    own = small_course / part / FOLDER
    before = {path: path.read_bytes() for path in own.rglob("*") if path.is_file()}
    for place, arguments in ((own, []), (tmp_path, ["--dir", str(own)])):
        done = Command(place)("start", "1", "--force", *arguments, course=small_course)
        assert done.code == 2
        assert f"is in {part}/ of the course itself: nothing is begun there. Stand elsewhere" in done.err
    assert {path: path.read_bytes() for path in own.rglob("*") if path.is_file()} == before


def test_what_was_begun_elsewhere_is_named_where_another_one_is_meant(answered: Command) -> None:
    """A file of this folder comes before the one that was started last."""
    done = answered("start", "1", "--dir", "other place")
    assert "\nGrade it:           gradecheck run exercise-01 'other place/answers.yaml'\n" in done.out
    again = answered("start", "1", "--dir", "other place")
    assert "Go on with it: `gradecheck run exercise-01 'other place/answers.yaml'`." in again.err
    assert "Not started yet" in answered("run", "exercise-01", "other place/answers.yaml").out
    elsewhere = answered("start", "4", "--dir", "other place")
    assert "\nGrade it:           gradecheck run exercise-04\n" in elsewhere.out


def test_what_several_begin_anew_at_once_is_kept(tmp_path: Path) -> None:
    def begin_anew(place: Path) -> None:
        at_once.wait()
        with suppress(OSError):  # another one was there first
            start._create("the stub", place, force=True)

    at_once = Barrier(6)
    with ThreadPoolExecutor(6) as threads:
        for number in range(60):
            place = tmp_path / str(number) / FILE
            place.parent.mkdir()
            place.write_text("mine")
            list(threads.map(begin_anew, [place] * 6))
            texts = [each.read_text() for each in place.parent.iterdir()]
            assert (texts.count("mine"), set(texts)) == (1, {"mine", "the stub"})


@pytest.mark.parametrize(("language", "said"), [("en", "This is not YAML"), ("es", "Esto no es YAML")])
def test_a_drill_that_is_no_yaml_begins_with_its_place_once(answered: Command, language: str, said: str) -> None:
    (answered.folder / FOLDER / "answers.yaml").write_text("norm_after_20: 1\nnorm_exploding: '2\n")
    assert answered("--language", language, "run", "1").out.startswith(f"{FOLDER}/answers.yaml:2: {said}")


def test_a_file_in_the_place_of_the_exercise_or_of_another_one_is_told(gradecheck: Command) -> None:
    (gradecheck.folder / FILE).write_text(RIGHT)
    swapped = gradecheck("run", FILE, "4")
    assert (swapped.code, f"The exercise comes first, then its file: `gradecheck run exercise-04 {FILE}`.") == (
        2, swapped.err.strip().removeprefix("Error: "),
    )  # fmt: skip
    assert "One file is graded at a time" in gradecheck("run", FILE, FILE).err
    assert "which exercise-04 asks for: it may be" in gradecheck("run", "5", FILE).out


def test_a_file_that_was_renamed_is_named_with_how_to_grade_it(gradecheck: Command) -> None:
    folder = gradecheck.folder / "exercise-04"
    folder.mkdir()
    (folder / "my work.py").write_text(RIGHT)
    done = gradecheck("run", "exercise-04")
    assert done.code == 2
    assert "If it is my work.py: `gradecheck run exercise-04 'exercise-04/my work.py'`." in " ".join(done.err.split())
    (folder / "other.py").write_text(RIGHT)
    assert "Begin with `gradecheck start exercise-04`" in " ".join(gradecheck("run", "exercise-04").err.split())


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
