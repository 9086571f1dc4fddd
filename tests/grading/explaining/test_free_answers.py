"""What is said of a function of which many answers are right, as a random start: never that an answer differs."""

from __future__ import annotations

import pytest

from autograder.course import load_exercise
from autograder.course.discovery import CourseRoot
from autograder.grading.grader import Grader
from autograder.grading.judge import Judge
from autograder.grading.submission import from_bytes
from tests.command import REPOSITORY

#: An edit of the reference of exercise 11, and all that may be said of it.
EDITS = {
    "one start for every seed": ("default_rng(seed)", "default_rng(1)", ["`seed` has no effect on the answer"]),
    "another start each time": ("default_rng(seed)", "default_rng()", ["the same question gets different answers"]),
    "no matrix": ("    return Q\n", "    return float(d)\n", ["it returns a float and not a numpy array"]),
    "not orthogonal": ("    return Q\n", "    return 2 * Q\n", []),
}


@pytest.mark.parametrize("name", EDITS)
def test_what_a_start_depends_on_is_told_and_no_number_is_held_against_it(name: str) -> None:
    old, new, expected = EDITS[name]
    exercise = load_exercise(CourseRoot.at(REPOSITORY), "exercise-11")
    assert exercise.reference is not None
    source = exercise.reference.read_text(encoding="utf-8").replace(old, new)
    with Judge(exercise, []) as judge:
        report = Grader(exercise, judge, stop_at_first_failure=False).grade(from_bytes(exercise.file, source.encode()))
    assert not report.passed
    said = [each.title for each in report.explanations]
    assert said == [f"orthogonal_init: {title}" for title in expected]


def test_whatever_is_drawn_at_random_is_not_said_to_be_asked_without_chance() -> None:
    exercise = load_exercise(CourseRoot.at(REPOSITORY), "exercise-11")
    assert exercise.reference is not None
    source = exercise.reference.read_text(encoding="utf-8").replace("default_rng(seed)", "default_rng()")
    with Judge(exercise, []) as judge:
        report = Grader(exercise, judge).grade(from_bytes(exercise.file, source.encode()))
    (said,) = report.explanations
    assert (
        said.text
        == "The same question was put twice, and got two answers. The same arguments should give the same answer."
    )
