"""`%quiz` and `%answer` in a real kernel: a quiz in cells, which can be run again from the top."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.command import Command
from tests.jupyter.kernel import run_cells
from tests.small_course import write_course

pytestmark = pytest.mark.kernel

LOAD = "%load_ext autograder"
BEGIN = (LOAD, "%quiz products")


def _cells(folder: Path, *cells: str) -> list[str]:
    """What cells after the first two say, as plain text or in their complaint."""
    here = f"%env GRADECHECK_COURSE={write_course(folder / 'course')}"
    return [each.text or each.complaint or each.printed for each in run_cells(folder, here, *BEGIN, *cells)[2:]]


def _answers(folder: Path) -> list[tuple[str, float]]:
    with sqlite3.connect(folder / "data" / "progress.db") as record:
        return [(question, mark) for question, mark in record.execute("SELECT question, mark FROM answers ORDER BY id")]


def test_a_question_is_asked_answered_and_explained(tmp_path: Path) -> None:
    key = _letter(tmp_path, "0.49")
    first, hint, none, wrong, right, again, second = _cells(
        tmp_path, "%answer 1 ?", "%answer 1 Hint", "%answer 1 q", f"%answer 1 {key}", "%answer 1 z", "%quiz"
    )
    assert "Products of ρ" in first
    assert "Question 1 of 3" in first
    assert "Answer in a new cell: `%answer 1 …` (Letter a-c). A hint: `%answer 1 ?`" in first
    assert "Hint 1 of 1: What is left after one step?" in hint
    assert "There is no other hint." in none
    assert "UsageError: 'q' is none of the letters a to c." in wrong
    assert "Right. 1 of 1 point." in right
    assert "That is the sum of two." in right
    assert "Misconception" not in right
    assert "2 questions are left: `%quiz`" in right
    assert "Question 1 has its answer already, and that one stays." in again
    assert "Right. 1 of 1 point." in again
    assert "Question 2 of 3, so far 1 of 1 point" in second
    assert _answers(tmp_path) == [("two-steps", 1.0)]


def test_a_quiz_is_finished_and_its_notebook_can_be_run_again(tmp_path: Path) -> None:
    cells = ["%answer 1 a", "%quiz", "%answer 2 a", "%quiz", "%answer 3 1", "%quiz"]
    last = _cells(tmp_path, *cells)
    assert "How it went" in last[-2]
    assert "Try again what you missed: %quiz products --missed" in last[-2]
    kept = _answers(tmp_path)
    assert [question for question, _ in kept] == ["two-steps", "several", "many-steps"]
    once_more = _cells(tmp_path, *cells)
    assert "You finished products: " in once_more[0]
    assert "Begin it anew: %quiz products --again" in " ".join(once_more[0].split())
    assert "Question 3 has its answer already" in once_more[-2]
    assert _answers(tmp_path) == kept


def test_what_was_missed_is_asked_again_under_its_own_number(tmp_path: Path) -> None:
    key = _letter(tmp_path, "0.49")
    _cells(tmp_path, f"%answer 1 {key}", "%answer 2 a", "%answer 3 1")
    *_, asked, other, answered = _cells(tmp_path, "%quiz products --missed", "%answer 1 a", "%answer 3 2")
    assert "Question 2 of 3" in asked
    assert "Question 1 is none of those that you missed. All of them: %quiz products" in other
    assert "1 question is left: `%quiz`" in answered
    assert len(_answers(tmp_path)) == 4


def test_the_terminal_goes_on_where_the_notebook_stopped(tmp_path: Path) -> None:
    _cells(tmp_path, "%answer 1 a", "%answer 2 ab")
    done = Command(tmp_path)("quiz", "products", course=tmp_path / "course")
    assert "Question 3 of 3" in done.out


def test_of_a_pool_only_what_was_drawn_is_asked(tmp_path: Path) -> None:
    course = write_course(tmp_path / "course")
    with (course / "quizzes/products.yaml").open("a") as quiz:
        quiz.write("pools:\n  - {choose: 1, of: [two-steps, many-steps]}\n")
    either = ["%answer 1 1", "%answer 1 a", "%answer 2 1", "%answer 2 a"]  # a number or a letter, as it was drawn
    cells = [f"%env GRADECHECK_COURSE={course}", *BEGIN, "%answer 3 a", *either]
    _, _, first, beyond, *answered = run_cells(tmp_path, *cells)
    assert "Question 1 of 2" in first.text
    assert "There is no question 3: the quiz has 1 to 2." in beyond.complaint
    assert any("How it went" in each.text for each in answered)
    assert len(_answers(tmp_path)) == 2


def test_mathematics_is_markdown_and_what_was_typed_is_none(tmp_path: Path) -> None:
    here = f"%env GRADECHECK_COURSE={write_course(tmp_path / 'course')}"
    *_, asked, answered, wrong = run_cells(tmp_path, here, *BEGIN, "%answer 3 2**3", "%answer 2 abcd")
    assert "#### Products of $\\rho$" in asked.shown["text/markdown"]
    assert "Your number: 2\\*\\*3, which is 8" in answered.shown["text/markdown"]
    assert "\n\n> " in answered.shown["text/markdown"]
    assert "\n> \n> " in wrong.shown["text/markdown"]
    assert "Your number: 2**3, which is 8" in answered.text


def test_the_number_is_asked_for_where_it_is_left_out(tmp_path: Path) -> None:
    *_, without, beyond, nothing = _cells(tmp_path, "%answer b", "%answer 9 b", "%answer")
    assert "Write the question's number before the answer, as in %answer 1 b" in without
    assert "as in %answer 1 9 b" not in beyond
    assert "There is no question 9: the quiz has 1 to 3." in beyond
    assert "as in %answer 1 a" in nothing


def _letter(folder: Path, choice: str) -> str:
    """The letter of a choice of the first question, as it is drawn for this record: the terminal asks it alike."""
    asked = Command(folder)("quiz", "products", course=write_course(folder / "course")).out
    line = next(line for line in asked.splitlines() if line.strip().endswith(f") {choice}"))
    return line.strip()[0]
