"""What makes a result be graded again: everything it depends on, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.batch import fingerprint
from autograder.course import CourseRoot, load_course
from autograder.grading.submission import from_bytes
from tests.small_course import change, small_course

__all__ = ["small_course"]
LAYERS = ("bubblewrap", "seccomp")


def digest(course: Path, exercise: str = "exercise-02") -> str:
    return fingerprint.exercise_digest(load_course(CourseRoot.at(course)), exercise)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("exercises/exercise-02/exercise.yaml", "points: 1", "points: 2"),
        ("exercises/exercise-02/twice.py", "Write twice", "Please write twice"),
        ("solutions/exercise-02/twice.py", "2 * x", "x + x"),
        ("solutions/exercise-02/checks.py", "Negative", "All"),
        ("solutions/exercise-02/misconceptions/added-not-doubled.py", "x + 2", "2 + x"),
        ("course.yaml", "Two added, not multiplied by two", "Added"),
    ],
)
def test_what_a_verdict_depends_on_changes_the_digest(file: str, old: str, new: str, small_course: Path) -> None:
    before = digest(small_course)
    assert digest(small_course) == before
    change(small_course, file, old, new)
    assert digest(small_course) != before


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("exercises/exercise-02/statement.md", "Write", "Please write"),
        ("course.yaml", "A small course", "Small"),
        ("course.yaml", "taken for a power", "for a power"),  # a belief that this exercise doesn't know
        ("exercises/exercise-01/exercise.yaml", "Powers die fast", "They die"),
    ],
)
def test_what_no_verdict_depends_on_leaves_it(file: str, old: str, new: str, small_course: Path) -> None:
    before = digest(small_course)
    change(small_course, file, old, new)
    assert digest(small_course) == before


def test_a_drill_and_a_quiz_know_every_belief(small_course: Path) -> None:
    course = load_course(CourseRoot.at(small_course))
    before = digest(small_course, "exercise-01"), fingerprint.quiz_digest(course, "products")
    change(small_course, "course.yaml", "taken for a power", "for a power")
    course = load_course(CourseRoot.at(small_course))
    after = digest(small_course, "exercise-01"), fingerprint.quiz_digest(course, "products")
    assert before[0] != after[0]
    assert before[1] != after[1]


def test_a_key_is_of_content_and_confinement_not_of_names() -> None:
    data = b"def twice(x):\n    return 2 * x\n"
    key = fingerprint.key(from_bytes("twice.py", data), "digest", LAYERS)
    assert key == fingerprint.key(from_bytes("twice (1).py", data), "digest", LAYERS[::-1])
    assert key != fingerprint.key(from_bytes("twice.py", data + b"#"), "digest", LAYERS)
    assert key != fingerprint.key(from_bytes("twice.py", data), "another", LAYERS)
    assert key != fingerprint.key(from_bytes("twice.py", data), "digest", ())
