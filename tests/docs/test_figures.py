"""The figures that README.md gives of the course, counted in the course; "more than" may not be far more."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from autograder.course import CourseRoot, load_course, load_everything
from autograder.proof.mutants import mutants_of
from autograder.proof.programs import cases
from tests.docs.reading import REPOSITORY

_README = " ".join((REPOSITORY / "README.md").read_text(encoding="utf-8").split())
_CLAIM = re.compile(
    r"more than (?P<accepted>\d+) accepted programs, (?P<known_wrong>\d+) known-wrong ones, "
    r"(?P<mutants>\d+) changes to references, and (?P<questions>\d+) questions"
)


@pytest.fixture(scope="module")
def counted() -> Counter[str]:
    everything = load_everything(CourseRoot.at(REPOSITORY))
    assert everything.course is not None
    found = Counter(case.role for exercise in everything.exercises for case in cases(everything.course, exercise))
    return Counter(
        {
            **found,
            "mutants": sum(len(mutants_of(exercise)) for exercise in everything.exercises if exercise.kind != "drill"),
            "questions": sum(len(quiz.questions) for quiz in everything.quizzes),
        }
    )


@pytest.mark.parametrize("what", ["accepted", "known_wrong", "mutants", "questions"])
def test_more_than_and_not_much_more(what: str, counted: Counter[str]) -> None:
    claim = _CLAIM.search(_README)
    assert claim is not None
    assert int(claim[what]) <= counted[what] < 1.25 * int(claim[what])


def test_numbers_of_exercises_and_quizzes() -> None:
    course = load_course(CourseRoot.at(REPOSITORY))
    assert (len(course.exercise_ids), len(course.quiz_ids)) == (18, 7)
    assert "eighteen exercises" in _README
    assert "seven quizzes" in _README
