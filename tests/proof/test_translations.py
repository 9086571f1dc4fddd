"""What a course has in another language: what is lacking is counted, and what has drifted is a problem."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.course import CourseRoot, load_course, load_everything
from autograder.proof.translations import translations
from tests.command import Command
from tests.small_course import change

TASK = "exercises/exercise-02"
STATEMENT = "# El doble\n\nEscribe `twice(x)`, que es $2x$.\n"


def found(course: Path) -> tuple[list[tuple[str, int, int]], list[str], list[str]]:
    """The counts, what is lacking, and the problems."""
    root = CourseRoot.at(course)
    everything = load_everything(root)
    coverages, problems = translations(load_course(root), everything.exercises, everything.quizzes)
    lacking = [
        f"{lack.file.relative_to(course)}: {', '.join(lack.keys)}" for each in coverages for lack in each.lacking
    ]
    lacking += [name for each in coverages for name in each.untouched]
    return (
        [(each.language, each.translated, each.texts) for each in coverages],
        lacking,
        [str(each).removeprefix(f"{course}/") for each in problems],
    )


def test_a_course_in_one_language_has_no_counts(small_course: Path) -> None:
    assert found(small_course) == ([], [], [])


def test_what_is_lacking_is_counted_and_named(small_course: Path) -> None:
    (small_course / TASK / "statement.es.md").write_text(STATEMENT)
    (small_course / TASK / "exercise.es.yaml").write_text("title: 'El doble de $x$'\ntakeaway: 'Dos veces.'\n")
    counts, lacking, problems = found(small_course)
    assert problems == []
    assert [(language, there) for language, there, _ in counts] == [("es", 3)]
    assert f"{TASK}/exercise.es.yaml: hints[1], hints[2], hints[3], checks.worked_example.title" in lacking
    assert f"{TASK}/twice.es.py: " in lacking
    assert "solutions/exercise-02/checks.es.yaml: " in lacking
    assert {"exercise-01", "products", "course.yaml"} <= set(lacking)


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        (f"{TASK}/statement.es.md", "Es $3x$.\n", "has the formula $3x$, and the original has not, which has $2x$"),
        (f"{TASK}/statement.es.md", "Es el doble.\n", "lacks the formula $2x$"),
        (f"{TASK}/statement.es.md", "Es $2x$, o 2,5.\n", "has the number 2.5, and the original has not"),
        (
            f"{TASK}/exercise.es.yaml",
            "hints: ['$2x$', 'Suma.', '21']\n",
            "exercise.es.yaml:1: The translation of hints[3]",
        ),
        (
            f"{TASK}/twice.es.py",
            "def twice(y):\n    raise NotImplementedError('.')\n",
            "This isn't twice.py with other",
        ),
        ("exercises/exercise-01/answers.es.yaml", "norm_after_2: null\n", "This isn't answers.yaml with other remarks"),
        ("solutions/exercise-02/checks.es.yaml", "sentences: {Nunca.: Never.}\n", "No check says this sentence"),
        ("solutions/exercise-02/misconceptions/added-not-doubled.es.md", "$1 + 2 = 4$.\n", "has the formula $1+2=4$"),
        (
            f"{TASK}/statement.es.md",
            "# Doble\n\nEs $2x$.\n\nY $3x$.\n",
            "statement.es.md:5: This translation has the formula",
        ),
        (
            f"{TASK}/statement.es.md",
            "# Doble\n\nEs $2x$.\nY 2,5.\n",
            "statement.es.md:4: This translation has the number",
        ),
    ],
)
def test_what_is_otherwise_than_the_original_is_a_problem(
    small_course: Path, name: str, text: str, problem: str
) -> None:
    (small_course / name).write_text(text)
    _, _, problems = found(small_course)
    assert [each for each in problems if each.startswith(name) and problem in each], problems


def test_a_decimal_comma_blanks_and_words_for_small_numbers_are_no_drift(small_course: Path) -> None:
    change(
        small_course, f"{TASK}/statement.md", "which is $2x$.", "which is $2x$, say $0.5 \\cdot 2$; 3.75 in two or 2."
    )
    text = "Es $2 x$, por ejemplo $0{,}5\\cdot 2$.\n\nSon 3,75 en dos; `2.25` es código.\n"
    (small_course / TASK / "statement.es.md").write_text(text)
    assert found(small_course)[2] == []


def test_a_quiz_is_compared_text_by_text(small_course: Path) -> None:
    quiz = (small_course / "quizzes" / "products.yaml").read_text()
    (small_course / "quizzes" / "es").mkdir()
    (small_course / "quizzes" / "es" / "products.yaml").write_text(
        quiz.replace("That is the sum of two.", "Más de 77.")
    )
    counts, _, problems = found(small_course)
    assert counts[0][0] == "es"
    assert len(problems) == 1
    assert "questions.two-steps.choices.sum.why has the number 77" in problems[0]


PARTIAL = r"""title: 'Productos de $\rho$'
questions:
  - id: two-steps
    choices:
      - {id: sum, text: 'TEXT', why: 'La suma de dos.'}
"""


def test_a_quiz_may_be_translated_in_part(gradecheck: Command, small_course: Path) -> None:
    (small_course / "quizzes" / "es").mkdir()
    place = small_course / "quizzes" / "es" / "products.yaml"
    place.write_text(PARTIAL.replace("TEXT", "$1.4$ en total"))
    done = gradecheck("validate", "products", course=small_course)
    assert done.code == 0, done.out
    said = gradecheck("--language=es", "quiz", "products", "--review", course=small_course).out
    assert "La suma de dos." in said
    assert "Two factors" in said
    place.write_text(PARTIAL.replace("TEXT", r"$\frac{x$"))
    assert "products.yaml:5: The formula" in gradecheck("validate", "products", course=small_course).out
    place.write_text(PARTIAL.replace("two-steps", "two-step"))
    done = gradecheck("validate", "products", course=small_course)
    assert "products.yaml:3: The original has no 'two-step' here. Did you mean 'two-steps'?" in done.out
    place.write_text(PARTIAL.replace("{id: sum,", "{id: sum, misconception: added-not-doubled,"))
    assert "its texts may be otherwise" in gradecheck("validate", "products", course=small_course).out
