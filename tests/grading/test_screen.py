"""The checks drawn alike for everybody: they spare asking every belief, and refute what fits by chance."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from autograder.course import CourseRoot, load_course, load_exercise
from autograder.grading.asking import Ask, Outcome, tried
from autograder.grading.explaining import beliefs
from autograder.grading.grade import grade
from autograder.grading.report import Report
from autograder.grading.submission import from_bytes
from autograder.sandbox.program import Program
from tests.small_course import write_course

CHECKS = '''from autograder.checks import points


@points(2)
def test_doubled(agree, rng):
    """Any number is doubled."""
    for _ in range(6):
        agree("twice", rng.uniform(1, 9))


@points(1)
def test_doubled_again(submission, reference):
    """What was doubled is doubled once more."""
    assert submission.twice(submission.twice(5.0)) == reference.twice(reference.twice(5.0))
'''
AS_BELIEVED = "def twice(x):\n    return 2 + x\n"
LIKE_NOBODY = "def twice(x):\n    return 2.5 * x\n"
#: Right below 5, and like the belief above.
IN_PART = "def twice(x):\n    return x + 2 if x > 5 else 2 * x\n"


@pytest.fixture
def course_folder(tmp_path: Path) -> Path:
    root = write_course(tmp_path)
    spec = root / "exercises/exercise-02/exercise.yaml"
    spec.write_text(spec.read_text().partition("checks:")[0])
    (root / "solutions/exercise-02/checks.py").write_text(CHECKS)
    return root


def graded(root: Path, sources: Sequence[str]) -> list[Report]:
    course = CourseRoot.at(root)
    submissions = (from_bytes("twice.py", f"{source}# {k}\n".encode()) for k, source in enumerate(sources))
    return list(grade(load_course(course), load_exercise(course, "exercise-02"), submissions))


def named(report: Report) -> dict[str, str | None]:
    return {check.id: check.misconception and check.misconception.id for check in report.checks}


@pytest.fixture
def asked_of_beliefs(monkeypatch: pytest.MonkeyPatch) -> list[Ask]:
    asked: list[Ask] = []

    def noted(ask: Ask, program: Program) -> Outcome:
        asked.append(ask)
        return tried(ask, program)

    monkeypatch.setattr(beliefs, "tried_again", noted)
    return asked


def test_a_belief_is_named_in_checks_with_and_without_fixed_questions(course_folder: Path) -> None:
    report, again = graded(course_folder, [AS_BELIEVED, AS_BELIEVED])
    assert named(report) == named(again) == {"doubled": "added-not-doubled", "doubled_again": "added-not-doubled"}


def test_a_mistake_that_no_belief_explains_costs_the_beliefs_one_question_for_all(
    course_folder: Path, asked_of_beliefs: list[Ask]
) -> None:
    reports = graded(course_folder, [LIKE_NOBODY] * 5)
    assert all(set(named(report).values()) == {None} for report in reports)
    known_wrong = 2
    assert len(asked_of_beliefs) == known_wrong


def test_a_belief_that_does_not_explain_what_is_right_is_not_named(course_folder: Path) -> None:
    """Not even where the check saw nothing but what it explains: it stops at the first wrong answer."""
    reports = graded(course_folder, [IN_PART] * 4)
    assert all(set(named(report).values()) == {None} for report in reports)


REFUSED = (
    CHECKS
    + '''

@points(1)
def test_refused(agree):
    """Nothing below zero is doubled."""
    agree("twice", -1.0)
'''
)


@pytest.fixture
def refusing_course(course_folder: Path) -> Path:
    solution = course_folder / "solutions/exercise-02"
    for path in (solution / "twice.py", *(solution / "misconceptions").glob("*.py")):
        path.write_text(path.read_text().replace("(x):\n", "(x):\n" + _refusing("negative")))
    (solution / "checks.py").write_text(REFUSED)
    spec = course_folder / "exercises/exercise-02/exercise.yaml"
    spec.write_text(spec.read_text().replace("points: 3", "points: 4"))
    return course_folder


@pytest.mark.parametrize("sentence", ["negative", "I double what is above zero, and nothing else."])
def test_how_a_program_words_its_refusal_hides_no_belief(refusing_course: Path, sentence: str) -> None:
    """The statement asks for a sentence, and no two students write the same."""
    (report,) = graded(refusing_course, [AS_BELIEVED.replace("(x):\n", "(x):\n" + _refusing(sentence))])
    added = "added-not-doubled"
    assert named(report) == {"doubled": added, "doubled_again": added, "refused": None}
    assert next(check.status for check in report.checks if check.id == "refused") == "passed"


def test_a_missing_function_is_told_alike_where_it_should_refuse(refusing_course: Path) -> None:
    (report,) = graded(refusing_course, ["def Twice(x):\n    return 2 * x\n"])
    messages = {check.id: check.message for check in report.checks}
    assert "It has Twice: rename it." in messages["refused"]
    assert messages["refused"] == messages["doubled"]


def _refusing(sentence: str) -> str:
    return f"    if x < 0:\n        raise ValueError({sentence!r})\n"
