"""The loop carries on by itself: where one is, the last exercise, other ways after a pass, words to search for."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from autograder.cli import other_ways
from autograder.progress import open_progress
from tests.command import GRADECHECK, REPOSITORY, Command
from tests.handing_in import FILE, RIGHT, WRONG
from tests.small_course import change
from tests.terminal import Terminal


@pytest.fixture(scope="module")
def passed(module_folder: Path) -> Command:
    """Somebody who has passed exercise-04, for tests that begin nothing else."""
    gradecheck = Command(module_folder)
    gradecheck("start", "4")
    (gradecheck.folder / "exercise-04" / FILE).write_text(RIGHT.replace("slope", "steepness"))
    assert gradecheck("run", "4").code == 0
    return gradecheck


def test_alone_it_says_where_one_is_and_what_is_next(gradecheck: Command) -> None:
    assert gradecheck().out.endswith("\nNext: gradecheck show exercise-01, then gradecheck start exercise-01\n")
    gradecheck("start", "exercise-04")
    begun = gradecheck()
    assert begun.code == 0
    assert "You are at exercise-04: The Jacobian of one tanh step\nBegun, not graded yet" in begun.out
    (gradecheck.folder / "exercise-04" / FILE).write_text(WRONG)
    gradecheck("run")
    out = gradecheck("next").out
    assert out == gradecheck().out
    assert "0 of 10 points at best, after 1 run." in out
    for command in ("next", "list", "progress"):
        assert gradecheck(command).out.endswith("\nNext: gradecheck run exercise-04\n")


@pytest.mark.parametrize(
    ("done", "follows"),
    [
        ([1], "gradecheck show exercise-02, then gradecheck start exercise-02"),
        ([1, 2], "gradecheck quiz products"),
        ([1, 4], "gradecheck show exercise-05, then gradecheck start exercise-05"),
        ([1, 16], "gradecheck quiz beyond"),
    ],
)
def test_what_comes_next_is_the_same_wherever_it_is_told(gradecheck: Command, done: list[int], follows: str) -> None:
    """A quiz comes after the last exercise that prepares for it; the end of a report is tested with exercise-04."""
    course, kept = "vanishing-gradients-from-a-number-to-a-gate", {"GRADECHECK_DATA": str(gradecheck.folder / "data")}
    record = open_progress(course, kept)
    for number in done:
        record.record_run(f"exercise-{number:02}", score=10, points=10, passed=True, misconceptions=[], sha256="0")
    for command in ("next", "list", "progress"):
        assert gradecheck(command).out.endswith(f"\nNext: {follows}\n"), command
    assert gradecheck("progress", "--json").report["next"] == follows


def test_a_quiz_that_was_left_midway_goes_on_until_an_exercise_is_worked_on(gradecheck: Command) -> None:
    gradecheck("start", "exercise-02")
    assert gradecheck("quiz", "jacobians", typed="q\n").code == 1  # looked at, and nothing answered
    assert gradecheck().out.endswith("\nNext: gradecheck run exercise-02\n")
    gradecheck("quiz", "products", "--seed", "1", typed="c\nq\n")
    assert "\nYou are at products: Products: how fast a factor dies\n1 of 12 answered.\n" in gradecheck().out
    for command in ("next", "list", "progress"):
        assert gradecheck(command).out.endswith("\nNext: gradecheck quiz products\n"), command
    (gradecheck.folder / "exercise-02/decay.py").write_text("x = (")
    gradecheck("run")
    assert gradecheck().out.endswith("\nNext: gradecheck run exercise-02\n")


def test_the_end_of_a_report_goes_on_as_everything_else_does(passed: Command) -> None:
    follows = "Next: gradecheck show exercise-05, then gradecheck start exercise-05\n"
    assert passed("run", "4").out.endswith(follows)
    assert passed().out.endswith(follows)
    assert passed("quiz").out.endswith("\nTake one: gradecheck quiz jacobians\n")


def test_what_is_meant_without_a_name_is_the_last_exercise(passed: Command, gradecheck: Command) -> None:
    shutil.copytree(passed.folder / "data", gradecheck.folder / "data")
    for arguments in (["run", "--json"], ["show"], ["hint"]):
        done = gradecheck(*arguments)
        assert done.code == 0, done.err
    gradecheck("start", "exercise-05")
    assert "A product of Jacobians" in gradecheck("show").out


def test_a_number_and_a_path_do_for_an_id(passed: Command) -> None:
    passed("hint", "exercise-04")
    for command in (["show"], ["hint", "--again"], ["solution"]):
        by_id = passed(*command, "exercise-04")
        assert (by_id.code, by_id.err) == (0, "")
        for named in ("4", "04", f"exercise-04/{FILE}"):
            assert passed(*command, named) == by_id


def test_a_solution_is_seen_after_passing_only_and_beside_ones_own(gradecheck: Command, passed: Command) -> None:
    fresh = Command(gradecheck.folder)("solution", "4", GRADECHECK_DATA=str(gradecheck.folder / "another"))
    assert (fresh.code, fresh.out) == (2, "")
    assert "once you have passed" in fresh.err
    shown = passed("solution", "4").out
    assert shown.startswith(f"Yours: exercise-04/{FILE}\n")
    assert shown.index("steepness") < shown.index("The reference\n") < shown.index("Another way: ")
    assert "Here, and not in yours: `" in shown
    assert "One step forward, a small change" in shown


def test_a_file_that_was_begun_and_never_written_is_not_shown_as_ones_own(gradecheck: Command) -> None:
    gradecheck("start", "4")
    (gradecheck.folder / "mine.py").write_text(RIGHT)
    assert gradecheck("run", "4", "mine.py").code == 0
    assert gradecheck("solution", "4").out.startswith("The reference\n")


def test_a_course_can_keep_its_solutions_and_a_kit_has_none(passed: Command, tmp_path: Path) -> None:
    for name in ("exercises", "quizzes"):
        shutil.copytree(REPOSITORY / name, tmp_path / "course" / name)
    shutil.copy(REPOSITORY / "course.yaml", tmp_path / "course")
    kit = passed("solution", "4", course=tmp_path / "course")
    assert kit.code == 2
    assert "There are no solutions here" in kit.err
    change(tmp_path / "course", "course.yaml", "format: 1\n", "format: 1\nsolutions: never\n")
    kept = passed("solution", "4", course=tmp_path / "course")
    assert "keeps its solutions to itself" in kept.err


def test_words_are_found_where_a_student_may_read(gradecheck: Command, small_course: Path) -> None:
    done = gradecheck("search", "Two", "STEPS", course=small_course)
    assert done.code == 0
    assert "products, question 1" in done.out
    belief = gradecheck("search", "taken for", course=small_course)
    assert "A product 0.7 · 20 taken for a power" in belief.out
    for kept in ("Two factors", "That is the sum of two", "What is left after one step"):  # an answer, and a hint
        assert gradecheck("search", *kept.split(), course=small_course).code == 1


def test_misconceptions_of_one_concept_stand_under_one_heading(gradecheck: Command) -> None:
    said = gradecheck("search", "powers").out
    assert said.count("About powers and products") == 1
    assert said.index("T times the factor") > said.index("About powers and products")


@pytest.fixture
def person(tmp_path: Path, small_course: Path) -> Iterator[Callable[..., str]]:
    """Types at `gradecheck quiz products` of the small course on a terminal; returns what stands there at the end."""
    opened = []

    def sit(*options: str, typed: str = "", asked: str = "") -> str:
        terminal = Terminal(80, 24)
        opened.append(terminal)
        environment = {**os.environ, "GRADECHECK_DATA": str(tmp_path / "data"), "TERM": "xterm"}
        command = [GRADECHECK, "--course", small_course, "quiz", "products", "--seed", "7", *options]
        terminal.start(command, environment)
        if asked:
            terminal.wait_for(re.compile(asked))
        if typed:
            terminal.type(typed)
        terminal.ended()
        return terminal.everything

    yield sit
    for each in opened:
        each.close()


def test_a_person_is_asked_before_answers_are_shown_or_a_quiz_begins_anew(
    person: Callable[..., str], gradecheck: Command, small_course: Path
) -> None:
    kept = person("--review", typed="n", asked="Show them")
    assert "You haven't begun products" in kept
    assert "Two factors" not in kept
    assert "Two factors" in person("--review", typed="y", asked="Show them")
    assert "You have answered nothing of products yet" in person("--missed")
    gradecheck("quiz", "products", "--seed", "7", course=small_course, typed="a\na\n1\n")
    again = person(typed="n", asked="Begin it anew")
    assert "You finished products: " in again
    assert "Question 1" not in again
    assert re.search(r"Next: gradecheck quiz products --(missed|review)", again)
    assert "Question 1" in person(typed="y\nq", asked="Begin it anew")


def test_what_is_called_on_something_worked_out_has_its_own_name() -> None:
    assert other_ways._ideas("x = ((a - b) / 2).norm() + np.tanh(z) + len(x)") == {"`norm`", "`np.tanh`", "`len`"}


def test_one_of_a_kind_is_counted_as_one(gradecheck: Command) -> None:
    said = gradecheck("next", course=REPOSITORY / "examples/second-course").out
    assert "0 de 5 ejercicios superados, 0 de 1 cuestionario hecho." in said


def test_code_is_found_without_its_fence(gradecheck: Command, small_course: Path) -> None:
    statement = small_course / "exercises/exercise-02/statement.md"
    statement.write_text("# Two\n\n```python\nzebra = 1\n```\n", encoding="utf-8")
    said = gradecheck("search", "zebra", course=small_course).out
    assert "    zebra = 1\n" in said
    assert "```" not in said
