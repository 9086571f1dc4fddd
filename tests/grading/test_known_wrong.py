"""A course's known-wrong programs are read when a mistake is to be explained; for a class, before any is graded."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from autograder.course import CourseError, CourseRoot, Exercise, KnownWrong, Problem, load_exercise
from autograder.grading.grader import Grader
from autograder.grading.judge import Judge
from autograder.grading.submission import from_bytes, read_submission
from tests.command import REPOSITORY


@pytest.fixture
def exercise() -> Exercise:
    return load_exercise(CourseRoot.at(REPOSITORY), "exercise-04")


def unreadable(exercise: Exercise) -> Iterator[KnownWrong]:
    """Known-wrong programs of which the first can't be read."""
    yield from ()
    raise CourseError([Problem(exercise.folder, 1, "It can't be read.")])


def test_who_passes_does_not_wait_for_them(exercise: Exercise) -> None:
    assert exercise.reference is not None
    with Judge(exercise, unreadable(exercise)) as judge:
        assert Grader(exercise, judge).grade(read_submission(exercise.reference)).passed


def test_a_mistake_meets_one_that_cannot_be_read(exercise: Exercise) -> None:
    wrong = "def tanh_jacobian(h, x, W_hh, W_xh, b):\n    return W_hh\n"
    with Judge(exercise, unreadable(exercise)) as judge, pytest.raises(CourseError, match="It can't be read"):
        Grader(exercise, judge).grade(from_bytes(exercise.file, wrong.encode()))


def test_a_class_meets_it_before_any_is_graded(exercise: Exercise) -> None:
    with pytest.raises(CourseError, match="It can't be read"):
        Judge(exercise, unreadable(exercise), many=True)
