"""The course in outline: what `list` says of every exercise and quiz, kept until a file of the course changes.

Reading a whole course takes longer than all else that `list` does.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from autograder.course import kept

if TYPE_CHECKING:
    from autograder.course.content import Course
    from autograder.course.discovery import CourseRoot
    from autograder.course.problems import Problem


class ExerciseOutline(msgspec.Struct, frozen=True):
    """An exercise by what `list` says of it; `quiz` is the one that it prepares for, empty for none."""

    id: str
    title: str
    kind: str
    file: str
    points: float
    quiz: str


class PoolOutline(msgspec.Struct, frozen=True):
    """How many of which questions a student is asked."""

    choose: int
    of: tuple[str, ...]


class QuizOutline(msgspec.Struct, frozen=True):
    """A quiz, what each of its questions is worth, by id, and its pools."""

    id: str
    title: str
    questions: dict[str, float]
    pools: list[PoolOutline]


class UnitOutline(msgspec.Struct, frozen=True):
    """A unit with what can be read of its exercises and quizzes, in their order."""

    id: str
    title: str
    exercises: list[ExerciseOutline]
    quizzes: list[QuizOutline]


class Outline(msgspec.Struct, frozen=True):
    """The course; `id` and `former_ids` are those of its records."""

    id: str
    former_ids: tuple[str, ...]
    title: str
    units: list[UnitOutline]


def read_outline(root: CourseRoot, place: Path) -> tuple[Outline, list[Problem]]:
    """Return the outline, and the problems of what is left out of it. Raises CourseError if course.yaml has any.

    It is kept in the folder `place`, unless there is a problem.
    """
    name = kept.name(root.root)
    files = _files(root)
    outline = kept.recall(place, name, Outline, files)
    if outline is not None:
        return outline, []
    outline, problems = _outline(root)
    if not problems:
        kept.keep(place, name, outline, files, lambda: _files(root))
    return outline, problems


def _files(root: CourseRoot) -> list[kept.Stamp]:
    return kept.stamps([*root.root.glob("course*.yaml"), root.root / "exercises", root.root / "quizzes"])


def _outline(root: CourseRoot) -> tuple[Outline, list[Problem]]:
    from autograder.course.loader import load_course

    course = load_course(root)
    problems: list[Problem] = []
    units = [
        UnitOutline(
            unit.id,
            unit.title,
            list(_exercises(course, unit.exercises, problems)),
            list(_quizzes(course, unit.quizzes, problems)),
        )
        for unit in course.units
    ]
    return Outline(course.id, course.former_ids, course.title, units), problems


def _exercises(course: Course, ids: tuple[str, ...], problems: list[Problem]) -> Iterator[ExerciseOutline]:
    from autograder.course.loader import read_exercise

    for exercise_id in ids:
        draft = read_exercise(course.root, exercise_id)
        problems += draft.problems
        if draft.exercise and not draft.problems:
            each = draft.exercise
            yield ExerciseOutline(each.id, each.title, each.kind, each.file, each.points, each.quiz or "")


def _quizzes(course: Course, ids: tuple[str, ...], problems: list[Problem]) -> Iterator[QuizOutline]:
    from autograder.course.loader import read_quiz

    for quiz_id in ids:
        quiz, faults = read_quiz(course, quiz_id)
        problems += faults
        if quiz and not faults:
            worth = {question.id: question.points for question in quiz.questions}
            pools = [PoolOutline(pool.choose, pool.of) for pool in quiz.pools]
            yield QuizOutline(quiz.id, quiz.title, worth, pools)
