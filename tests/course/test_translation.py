"""Texts in another language beside a course's own: read where they are there, and held to the original."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder import language
from autograder.course import (
    CourseRoot,
    load_answer_key,
    load_course,
    load_everything,
    load_exercise,
    load_hidden_checks,
    load_misconceptions,
    load_quiz,
)
from autograder.course.kit import load_listed_checks
from autograder.grading.submission import is_stub
from tests.command import Command
from tests.small_course import FILES, change

QUIZ = FILES["quizzes/products.yaml"]
#: A translation of everything else, in files beside the course's own.
TEXTS = {
    "course.es.yaml": """title: 'Un curso pequeño'
units: {first: {title: 'Primero: $\\rho^T$'}}
misconceptions: {added-not-doubled: {title: 'Se suma dos', concept: 'el doble'}}
""",
    "exercises/exercise-02/twice.es.py": (
        'def twice(x):\n    """El doble."""\n    raise NotImplementedError("Escribe twice.")\n'
    ),
    "solutions/exercise-01/answers.es.yaml": """answers:
  norm_after_20: {title: 'La norma de $(0{,}7 I)^{20}$', traps: [{why: 'Sumaste veinte veces.'}]}
""",
    "solutions/exercise-02/checks.es.yaml": """checks:
  negative: {title: 'También los números negativos.', hint: '¿Y el signo?'}
""",
    "solutions/exercise-02/misconceptions/added-not-doubled.es.md": "Sumaste dos.\n\n$3 + 2$ es 5, y no 6.\n",
}


@pytest.fixture
def spanish(small_course: Path) -> Iterator[Path]:
    """The small course with the texts of exercise-02 and its quiz in Spanish, spoken as long as the test runs."""
    folder = small_course / "exercises" / "exercise-02"
    (folder / "statement.es.md").write_text("# El doble\n\nEscribe `twice(x)`, que es $2x$.\n")
    (folder / "exercise.es.yaml").write_text(
        "title: 'El doble'\nhints: ['¿Qué es $2x$?', 'Súmalo.', 'Multiplica.']\n"
        "checks: {worked_example: {title: 'El ejemplo'}}\n"
    )
    (small_course / "quizzes" / "es").mkdir()
    (small_course / "quizzes" / "es" / "products.yaml").write_text(
        QUIZ.replace("What is left after two steps", "¿Qué queda tras dos pasos").replace(
            "Two factors.", "Dos factores."
        )
    )
    for name, text in TEXTS.items():
        (small_course / name).write_text(text)
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
    course = load_course(root)
    assert (course.title, course.units[0].title, course.id) == (
        "Un curso pequeño",
        "Primero: $\\rho^T$",
        "a-small-course",
    )
    assert course.misconceptions["added-not-doubled"].title == "Se suma dos"
    assert course.misconceptions["product-for-power"].title.startswith("A product")
    assert exercise.public_checks[0].title == "El ejemplo"
    assert [check.title for check in load_hidden_checks(exercise)] == ["También los números negativos."]
    explained = {known.explanation for known in load_misconceptions(exercise, course)}
    assert explained == {"Sumaste dos.\n\n$3 + 2$ es 5, y no 6."}, "a variant shares it"
    answer = load_answer_key(load_exercise(root, "exercise-01")).answers["norm_after_20"]
    assert (answer.title, answer.traps[0].why) == ("La norma de $(0{,}7 I)^{20}$", "Sumaste veinte veces.")
    assert answer.right == "Twenty factors of 0.7."
    assert "Escribe twice." in exercise.stub
    own = FILES["exercises/exercise-02/twice.py"]
    assert is_stub(own, exercise.stub)
    assert is_stub(exercise.stub, own)
    language.speak("en")
    assert load_exercise(root, "exercise-02").title == "Twice $x$"
    assert load_quiz(load_course(root), "products").questions[0].ask.startswith("What is left")


@pytest.mark.parametrize(
    ("name", "old", "new", "sentence"),
    [
        ("exercises/exercise-02/exercise.es.yaml", ", 'Multiplica.'", "", "tiene 3 hints, y esto tiene 2"),
        ("exercises/exercise-02/exercise.es.yaml", "title:", "titulo:", "Clave desconocida 'titulo'"),
        (
            "exercises/exercise-02/exercise.es.yaml",
            "title: 'El doble'",
            "points: 3.5",
            "Aquí solo se escriben de nuevo textos",
        ),
        ("exercises/exercise-02/exercise.es.yaml", "'El doble'", "' '", "Esto tiene que ser un texto"),
        ("exercises/exercise-02/exercise.es.yaml", "worked_example", "worked_exmple", "'worked_example'?"),
        ("course.es.yaml", "first: {", "firts: {", "'first'?"),
        (
            "solutions/exercise-01/answers.es.yaml",
            "traps: [",
            "traps: [{why: Otra.}, ",
            "tiene 1 traps, y esto tiene 2",
        ),
        (
            "solutions/exercise-02/checks.es.yaml",
            "negative",
            "negativo",
            "checks.py no tiene ninguna comprobación 'negativo'",
        ),
        (
            "exercises/exercise-02/statement.es.md",
            "# El doble\n\nEscribe `twice(x)`, que es $2x$.\n",
            " ",
            "está vacío",
        ),
        ("quizzes/es/products.yaml", "id: several", "id: varias", "no tiene aquí ningún 'varias'"),
        (
            "quizzes/es/products.yaml",
            "{id: half, correct: true",
            "{id: half, correct: false",
            "no se juzga como en el original",
        ),
        ("quizzes/es/products.yaml", "key: rho**T", "key: rho**T + 1", "no se juzga como en el original"),
        ("quizzes/es/products.yaml", "value: rho*T", "value: rho + T", "no se juzga como en el original"),
        ("quizzes/es/products.yaml", "choose: [0.6, 0.7, 0.8]", "choose: [0.6, 0.7]", "no se juzga como"),
    ],
)
def test_a_translation_is_the_same_exercise_and_the_same_quiz(
    spanish: Path, name: str, old: str, new: str, sentence: str
) -> None:
    change(spanish, name, old, new)
    found = problems(spanish)
    assert [problem for problem in found if problem.startswith(name) and sentence in problem], found


def test_a_kit_has_the_texts_that_students_may_have(spanish: Path, gradecheck: Command, tmp_path: Path) -> None:
    assert gradecheck("--language", "es", "export", "student-kit", "--out", tmp_path / "kit", course=spanish).code == 0
    root = CourseRoot.at(tmp_path / "kit")
    language.speak("en")
    assert load_course(root).title == "A small course"
    assert load_listed_checks(load_exercise(root, "exercise-02"))[0].title == "Negative numbers double too."
    language.speak("es")
    exercise = load_exercise(root, "exercise-02")
    assert (load_course(root).title, exercise.title) == ("Un curso pequeño", "El doble")
    assert load_listed_checks(exercise)[0].title == "También los números negativos."
    assert load_quiz(load_course(root), "products").questions[0].ask.startswith("¿Qué queda")
    assert not list((tmp_path / "kit").rglob("*Sumaste*"))


def test_a_translation_of_nothing_is_told(spanish: Path) -> None:
    stray = spanish / "solutions" / "exercise-02" / "misconceptions" / "unknown.es.md"
    stray.write_text("Nada.\n")
    assert [each for each in problems(spanish) if "ningún programa erróneo conocido 'unknown'" in each]
    stray.unlink()
    (spanish / "quizzes" / "es" / "nothing.yaml").write_text(QUIZ)
    said = "No hay ningún quizzes/nothing.yaml del que esto sería la traducción."
    assert problems(spanish) == [f"quizzes/es/nothing.yaml:1: {said}"]


def test_a_student_asks_for_it_by_the_course_or_by_hand(spanish: Path, gradecheck: Command) -> None:
    assert "Escribe `twice(x)`" in gradecheck("--language", "es", "show", "exercise-02", course=spanish).out
    assert "Write `twice(x)`" in gradecheck("show", "exercise-02", course=spanish).out
    change(spanish, "course.yaml", "format: 1", "format: 1\nlanguage: es")
    assert "Súmalo." in "".join(gradecheck("hint", "exercise-02", course=spanish).out for _ in range(2))
