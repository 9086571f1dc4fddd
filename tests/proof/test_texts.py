"""Texts that students read: a formula that can't be read and a picture that no page shows, each at its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.course import CourseRoot, load_course, load_everything
from autograder.feedback import markdown
from autograder.proof.texts import left_to_write, texts_of, texts_of_course, unshowable
from autograder.quiz.soundness import examine
from tests.small_course import change

BROKEN = r"$\frac{1}{2$"
PLACES = [
    ("course.yaml", r"title: 'First: $\rho^T$'", rf"title: 'First: {BROKEN}'"),
    ("course.yaml", "concept: doubling", f"concept: '{BROKEN}'"),
    ("exercises/exercise-02/statement.md", "which is $2x$.", f"which is $2x$.\n\nAnd so {BROKEN}."),
    ("exercises/exercise-02/exercise.yaml", "title: 'The worked example'", f"title: 'The example {BROKEN}'"),
    ("exercises/exercise-02/exercise.yaml", "takeaway: 'Twice is two times.'", f"takeaway: |\n  Twice.\n\n  {BROKEN}."),
    ("exercises/exercise-02/exercise.yaml", "  - 'Add it to itself.'", f"  - 'Add {BROKEN}.'"),
    ("exercises/exercise-01/exercise.yaml", "'One.', 'Two.', 'Three.'", f"'One.', '{BROKEN}', 'Three.'"),
    ("solutions/exercise-01/answers.yaml", "right: 'Twenty factors of 0.7.'", f"right: 'Twenty {BROKEN}.'"),
    ("solutions/exercise-01/answers.yaml", "why: 'You added twenty times.'", f"why: 'You {BROKEN}.'"),
    ("solutions/exercise-01/answers.yaml", "message: 'It must be below", f"message: '{BROKEN} must be below"),
    ("solutions/exercise-02/checks.py", '"""Negative numbers double too.', rf'r"""Negative {BROKEN} double too.'),
    ("solutions/exercise-02/checks.py", 'hint="Look again."', rf'hint=r"Look {BROKEN}."'),
    ("solutions/exercise-02/misconceptions/added-not-doubled.py", "$1 + 2 = 3$", BROKEN),
    ("quizzes/products.yaml", r"title: 'Products of $\rho$'", f"title: 'Products of {BROKEN}'"),
    ("quizzes/products.yaml", "hints: ['What is left after one step?']", f"hints: ['{BROKEN}']"),
    ("quizzes/products.yaml", "right: 'It is", f"right: '{BROKEN} is"),
    ("quizzes/products.yaml", "why: 'Two factors.'", f"why: 'Two {BROKEN}.'"),
]  # fmt: skip


def found(course: Path) -> list[tuple[str, int, str]]:
    everything = load_everything(CourseRoot.at(course))
    assert everything.problems == ()
    texts = [text for exercise in everything.exercises for text in texts_of(exercise)]
    problems = [*unshowable([*texts, *texts_of_course(load_course(CourseRoot.at(course)))])]
    problems += [problem for quiz in everything.quizzes for problem in examine(quiz).problems]
    return [(str(problem.file.relative_to(course)), problem.line, problem.sentence) for problem in problems]


def test_a_right_course_has_nothing_to_point_at(small_course: Path) -> None:
    assert found(small_course) == []


@pytest.mark.parametrize(("name", "old", "new"), PLACES)
@pytest.mark.parametrize("what", ["a formula", "a picture"])
def test_what_cannot_be_shown_is_told_with_its_line(
    small_course: Path, name: str, old: str, new: str, what: str
) -> None:
    shown = "![a plot](plot.png)"
    new = new if what == "a formula" else new.replace(BROKEN, shown)
    change(small_course, name, old, new)
    ((file, line, sentence),) = found(small_course)
    assert file == name
    written = (small_course / name).read_text().splitlines()[line - 1]
    key = new.split("'")[0].strip() or new  # a quiz's text has its key's line
    assert (BROKEN if what == "a formula" else shown) in written or key in written
    assert ("can't be read" if what == "a formula" else "No page shows the picture `![a plot](plot.png)`") in sentence


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("![x](a.png) and ![y][ref]", 2), ("<img src='a.png'> there", 1), ("`![x](a.png)`", 0), ("a! [x](y)", 0),
        ("$a![b](c)$", 0), ("```\n![x](a.png)\n```", 0), ("Wow![^1]", 0),
    ],
)  # fmt: skip
def test_pictures_are_told_from_what_looks_like_one(text: str, count: int) -> None:
    assert len(markdown.faults(text)) == count


def test_a_merge_that_was_left_in_a_statement_is_told_but_one_that_is_shown_is_not(tmp_path: Path) -> None:
    statement = tmp_path / "statement.md"
    conflict = "<<<<<<< HEAD\nOne.\n=======\nTwo.\n>>>>>>> other\n"
    statement.write_text(f"Git writes this:\n\n```text\n{conflict}```\n")
    assert [*left_to_write([statement])] == []
    statement.write_text(f"{statement.read_text()}\n{conflict}")
    (problem,) = left_to_write([statement])
    assert problem.line == 11
    assert "A merge conflict of Git begins at line 11" in problem.sentence
