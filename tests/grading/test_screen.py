"""The fixed question that spares asking every belief: it changes what a diagnosis costs, never what it says."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from autograder.course import CourseRoot, load_course, load_exercise
from autograder.grading.asking import Ask, Outcome, put
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
    for _ in range(3):
        agree("twice", rng.uniform(3, 9))


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
        return put(ask, program)

    monkeypatch.setattr(beliefs, "put", noted)
    return asked


def test_a_belief_is_named_in_checks_with_and_without_fixed_questions(course_folder: Path) -> None:
    report, again = graded(course_folder, [AS_BELIEVED, AS_BELIEVED])
    assert named(report) == named(again) == {"doubled": "added-not-doubled", "doubled_again": "added-not-doubled"}


def test_a_mistake_that_no_belief_explains_costs_the_beliefs_one_question_for_all(
    course_folder: Path, asked_of_beliefs: list[Ask]
) -> None:
    reports = graded(course_folder, [LIKE_NOBODY] * 5)
    assert all(set(named(report).values()) == {None} for report in reports)
    known_wrong, in_the_second_check = 2, 5
    assert len(asked_of_beliefs) == known_wrong * (1 + in_the_second_check)


def test_a_belief_that_does_not_explain_what_was_right_before_is_not_named(course_folder: Path) -> None:
    reports = graded(course_folder, [IN_PART] * 8)
    begun_right = [report for report in reports if first_draw(report) < 5]
    assert 0 < len(begun_right) < len(reports)
    assert all(named(report)["doubled"] is None for report in begun_right)


def first_draw(report: Report) -> float:
    """The first number that the check asks this submission."""
    seed = f"exercise-02/doubled/{report.submission.sha256}"
    return float(np.random.default_rng(list(hashlib.sha256(seed.encode()).digest())).uniform(3, 9))
