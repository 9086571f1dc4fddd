"""Where a belief can be worked on: the exercises that know it.

With solutions/ they are those with a known-wrong program, or a trap of a drill, of that belief; without (a student's
kit) those that go with the quiz in which it was met. It must not read more of an exercise than that.
"""

from __future__ import annotations

import re

from autograder.course.loader import Course
from autograder.course.source import read_text

_QUIZ = re.compile(r"^quiz:[ \t]*['\"]?([a-z0-9-]+)", re.MULTILINE)
_TRAP = re.compile(r"\bmisconception:\s*([a-z0-9-]+)")


def exercises_that_practise(course: Course, belief: str, quiz_id: str | None = None) -> tuple[str, ...]:
    """Return ids of exercises, in the order of the course. `quiz_id` is where the belief was met, if in a quiz."""
    if course.root.solutions is not None:
        knowing = tuple(exercise for exercise in course.exercise_ids if _knows(course, exercise, belief))
        if knowing:
            return knowing
    return () if quiz_id is None else exercises_of_quiz(course, quiz_id)


def exercises_of_quiz(course: Course, quiz_id: str) -> tuple[str, ...]:
    """Return the exercises that go with a quiz: the `quiz` of their exercise.yaml."""
    return tuple(exercise for exercise in course.exercise_ids if _quiz_of(course, exercise) == quiz_id)


def _knows(course: Course, exercise: str, belief: str) -> bool:
    assert course.root.solutions is not None
    solution = course.root.solutions / exercise
    if any(path.stem.split("--")[0] == belief for path in (solution / "misconceptions").glob(f"{belief}*")):
        return True
    key = solution / "answers.yaml"
    return key.is_file() and belief in _TRAP.findall(read_text(key)[0])


def _quiz_of(course: Course, exercise: str) -> str | None:
    named = _QUIZ.search(read_text(course.root.root / "exercises" / exercise / "exercise.yaml")[0])
    return named[1] if named else None
