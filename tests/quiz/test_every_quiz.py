"""Every quiz of the course, to its end: without a terminal, all right and all wrong, and in a real one."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import ascii_lowercase

import pytest

from autograder.course import Course, CourseRoot, Quiz, load_course, load_quiz
from autograder.course.quiz_model import Number, Single
from autograder.quiz.variant import Variant, variant
from tests.command import GRADECHECK, REPOSITORY, Command
from tests.terminal import Terminal

SEED = 20261121
COURSE: Course = load_course(CourseRoot.at(REPOSITORY))
PROMPT = re.compile(r"(Letters? a-\w|Number( of .+)?)(, or \? for a hint)?: ?$|q to stop: ?$")


@cache
def quiz_of(name: str) -> Quiz:
    return load_quiz(COURSE, name)


def right(one: Variant) -> str:
    if isinstance(one.question, Number):
        return repr(one.key)
    return "".join(letter for letter, each in zip(ascii_lowercase, one.choices, strict=False) if each.correct)


def wrong(one: Variant) -> str:
    if isinstance(one.question, Number):
        return repr(one.traps[0].number)
    letters = [letter for letter, each in zip(ascii_lowercase, one.choices, strict=False) if not each.correct]
    return letters[0] if isinstance(one.question, Single) else "".join(letters)


def test_the_course_has_its_seven_quizzes_of_ten_questions_and_more() -> None:
    assert set(COURSE.quiz_ids) == {
        "products", "activations", "vanishing-or-exploding", "jacobians", "long-range", "gates", "beyond",
    }  # fmt: skip
    assert all(len(quiz_of(name).questions) >= 10 for name in COURSE.quiz_ids)


@pytest.mark.parametrize("name", COURSE.quiz_ids)
def test_all_right_without_a_terminal(name: str, gradecheck: Command) -> None:
    quiz = quiz_of(name)
    typed = "".join(f"{right(variant(question, SEED, name))}\n" for question in quiz.questions)
    done = gradecheck("quiz", name, "--seed", str(SEED), typed=typed)
    assert (done.code, done.err) == (0, "")
    assert f"{quiz.points:g} of {quiz.points:g} points (100 %), {len(quiz.questions)} questions" in done.out
    assert "@{" not in done.out


@pytest.mark.parametrize("name", COURSE.quiz_ids)
def test_all_wrong_without_a_terminal_names_a_belief_for_every_question(name: str, gradecheck: Command) -> None:
    quiz = quiz_of(name)
    typed = "".join(f"{wrong(variant(question, SEED, name))}\n" for question in quiz.questions)
    done = gradecheck("--ascii", "quiz", name, "--seed", str(SEED), typed=typed)
    assert (done.code, done.err) == (1, "")
    assert done.out.isascii()
    asked = re.split(r"\nQuestion \d+ of \d+", done.out)[1:]
    assert len(asked) == len(quiz.questions)
    for question, shown in zip(quiz.questions, asked, strict=True):
        assert "Misconception: " in shown, question.id
        assert "Right. " not in shown.split("Wrong. 0 of", 1)[0], question.id
    assert "Misconceptions met:" in asked[-1]
    assert "practise it: exercise-" in asked[-1]


@pytest.fixture
def terminal(request: pytest.FixtureRequest) -> Iterator[Terminal]:
    width, height, drawn = getattr(request, "param", (80, 30, None))
    opened = Terminal(width, height, drawn=drawn)
    yield opened
    opened.close()


def begin(terminal: Terminal, name: str, data: Path) -> None:
    environment = {**os.environ, "GRADECHECK_DATA": str(data), "TERM": "xterm-256color"}
    terminal.start([GRADECHECK, "--course", REPOSITORY, "quiz", name, "--seed", str(SEED)], environment)
    terminal.wait_for(PROMPT)


@pytest.mark.parametrize("name", COURSE.quiz_ids)
def test_to_the_end_in_a_real_terminal(name: str, terminal: Terminal, tmp_path: Path) -> None:
    quiz = quiz_of(name)
    begin(terminal, name, tmp_path)
    for number, question in enumerate(quiz.questions, start=1):
        one = variant(question, SEED, name)
        terminal.type(wrong(one) if number == 1 else right(one))
        if number < len(quiz.questions):
            terminal.wait_for(re.compile("Enter for the next one, q to stop: ?$"))
            terminal.type("")
            terminal.wait_for(re.compile(r"(Letters? a-\w|Number( of .+)?)(, or \? for a hint)?: ?$"))
    assert terminal.ended() == 1
    seen = terminal.everything
    assert f"{len(quiz.questions)} questions, " in seen
    assert "Misconceptions met:" in seen
    assert f"gradecheck quiz {name} --missed" in seen


@pytest.mark.parametrize("terminal", [(40, 24, 200)], indirect=True)
def test_nothing_is_wider_than_a_narrow_terminal(terminal: Terminal, tmp_path: Path) -> None:
    begin(terminal, "products", tmp_path)
    one = variant(quiz_of("products").questions[0], SEED, "products")
    terminal.type(wrong(one))
    terminal.wait_for(re.compile("q to stop: ?$"))
    written = terminal.everything.partition("Products:")[2].splitlines()
    assert max(map(len, written)) <= 40
    assert "Misconception:" in " ".join(written)


def test_ctrl_c_in_a_real_terminal_and_going_on(terminal: Terminal, tmp_path: Path) -> None:
    begin(terminal, "products", tmp_path)
    terminal.type(right(variant(quiz_of("products").questions[0], SEED, "products")))
    terminal.wait_for(re.compile("q to stop: ?$"))
    terminal.press("\x03")
    terminal.ended()
    assert "Your answers are kept. 11 questions are left." in terminal.everything.replace("\n", " ")
    begin(terminal, "products", tmp_path)
    assert "1 question answered in this attempt; you go on with the next one." in terminal.everything
