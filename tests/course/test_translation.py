"""Texts in another language beside a course's own: read where they are there, and held to the original."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder import language
from autograder.course import CourseRoot, load_course, load_everything, load_exercise, load_quiz
from tests.command import Command
from tests.small_course import FILES, change

QUIZ = FILES["quizzes/products.yaml"]


@pytest.fixture
def spanish(small_course: Path) -> Iterator[Path]:
    """The small course with the texts of exercise-02 and its quiz in Spanish, spoken as long as the test runs."""
    folder = small_course / "exercises" / "exercise-02"
    (folder / "statement.es.md").write_text("# El doble\n\nEscribe `twice(x)`, que es $2x$.\n")
    (folder / "exercise.es.yaml").write_text("title: 'El doble'\nhints: ['¿Qué es $2x$?', 'Súmalo.', 'Multiplica.']\n")
    (small_course / "quizzes" / "es").mkdir()
    (small_course / "quizzes" / "es" / "products.yaml").write_text(
        QUIZ.replace("What is left after two steps", "¿Qué queda tras dos pasos").replace(
            "Two factors.", "Dos factores."
        )
    )
    language.speak("es")
    yield small_course
    language.speak("en")


def problems(course: Path) -> list[str]:
    return [str(problem).removeprefix(f"{course}/") for problem in load_everything(CourseRoot.at(course)).problems]


def test_what_is_there_is_read_and_what_is_not_is_the_courses_own(spanish: Path) -> None:
    root = CourseRoot.at(spanish)
    exercise = load_exercise(root, "exercise-02")
    assert (exercise.title, exercise.hints[1], exercise.takeaway) == ("El doble", "Súmalo.", "Twice is two times.")
    assert exercise.statement.startswith("# El doble")
    assert load_exercise(root, "exercise-01").title == "Numbers that die"
    quiz = load_quiz(load_course(root), "products")
    assert quiz.questions[0].ask.startswith("¿Qué queda")
    assert problems(spanish) == []
    language.speak("en")
    assert load_exercise(root, "exercise-02").title == "Twice $x$"
    assert load_quiz(load_course(root), "products").questions[0].ask.startswith("What is left")


@pytest.mark.parametrize(
    ("name", "old", "new", "sentence"),
    [
        ("exercises/exercise-02/exercise.es.yaml", ", 'Multiplica.'", "", "has 3 hints, and this has 2"),
        ("exercises/exercise-02/exercise.es.yaml", "title:", "titulo:", "Unknown key 'titulo'"),
        ("exercises/exercise-02/statement.es.md", "# El doble\n\nEscribe `twice(x)`, que es $2x$.\n", " ", "is empty"),
        ("quizzes/es/products.yaml", "id: several", "id: varias", "The ids of the questions"),
        ("quizzes/es/products.yaml", "{id: half, correct: true", "{id: half", "is judged by isn't as in the original"),
        ("quizzes/es/products.yaml", "key: rho**T", "key: rho**T + 1", "is judged by isn't as in the original"),
        ("quizzes/es/products.yaml", "value: rho*T", "value: rho + T", "is judged by isn't as in the original"),
        ("quizzes/es/products.yaml", "choose: [0.6, 0.7, 0.8]", "choose: [0.6, 0.7]", "is judged by isn't as"),
    ],
)
def test_a_translation_is_the_same_exercise_and_the_same_quiz(
    spanish: Path, name: str, old: str, new: str, sentence: str
) -> None:
    change(spanish, name, old, new)
    found = problems(spanish)
    assert [problem for problem in found if problem.startswith(name) and sentence in problem], found


def test_a_translation_of_nothing_is_told(spanish: Path) -> None:
    (spanish / "quizzes" / "es" / "nothing.yaml").write_text(QUIZ)
    assert problems(spanish) == ["quizzes/es/nothing.yaml:1: There is no quizzes/nothing.yaml of which this would be "
                                 "the translation."]  # fmt: skip


def test_a_student_asks_for_it_by_the_course_or_by_hand(spanish: Path, gradecheck: Command) -> None:
    assert "Escribe `twice(x)`" in gradecheck("--language", "es", "show", "exercise-02", course=spanish).out
    assert "Write `twice(x)`" in gradecheck("show", "exercise-02", course=spanish).out
    change(spanish, "course.yaml", "format: 1", "format: 1\nlanguage: es")
    assert "Súmalo." in "".join(gradecheck("hint", "exercise-02", course=spanish).out for _ in range(2))
