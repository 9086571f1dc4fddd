"""Where a belief can be worked on: the exercises that know it.

With solutions/ they are those with a known-wrong program, or a trap of a drill, of that belief; without (a student's
kit) those that go with the quiz in which it was met. It must not read more of an exercise than that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from autograder.course.loaded import Course
from autograder.course.source import read_text

_QUIZ = re.compile(r"^quiz:[ \t]*['\"]?([a-z0-9-]+)", re.MULTILINE)
_TRAP = re.compile(r"\bmisconception:\s*([a-z0-9-]+)")


@dataclass(frozen=True)
class Practice:
    """Which exercises know a belief: each exercise is read once, when it is first asked."""

    course: Course

    def of(self, belief: str, quiz_id: str | None = None) -> tuple[str, ...]:
        """Return ids of exercises, in the order of the course. `quiz_id` is where the belief was met, if in a quiz."""
        knowing = tuple(exercise for exercise, beliefs in self._known.items() if belief in beliefs)
        return knowing or (() if quiz_id is None else exercises_of_quiz(self.course, quiz_id))

    @cached_property
    def _known(self) -> dict[str, set[str]]:
        solutions = self.course.root.solutions
        return {} if solutions is None else {each: _beliefs(solutions / each) for each in self.course.exercise_ids}


def exercises_of_quiz(course: Course, quiz_id: str) -> tuple[str, ...]:
    """Return the exercises that go with a quiz: the `quiz` of their exercise.yaml."""
    return tuple(exercise for exercise in course.exercise_ids if _quiz_of(course, exercise) == quiz_id)


def _beliefs(solution: Path) -> set[str]:
    """Return the beliefs of an exercise's known-wrong programs, or of its drill's traps."""
    key = solution / "answers.yaml"
    traps = _TRAP.findall(read_text(key)[0]) if key.is_file() else ()
    return {path.stem.split("--")[0] for path in (solution / "misconceptions").glob("*")}.union(traps)


def _quiz_of(course: Course, exercise: str) -> str | None:
    named = _QUIZ.search(read_text(course.root.root / "exercises" / exercise / "exercise.yaml")[0])
    return named[1] if named else None
