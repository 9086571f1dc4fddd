"""What students hand in files for: an exercise, or a quiz whose answers `gradecheck quiz NAME --save FILE` wrote.

Intake and gradebook deal with tasks alone, so that a new kind of task needs no change there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from autograder.several_files import files

if TYPE_CHECKING:
    from autograder.course import Course, Exercise, Quiz

Kind = Literal["exercise", "quiz"]


@dataclass(frozen=True)
class Task:
    """One file to hand in: its name, and the names that it should define (functions, classes, answers, the quiz).

    With `files` it is a folder that holds those. `stub` is the text that the file has before anybody works on it.
    """

    id: str
    kind: Kind
    title: str
    file: str
    names: frozenset[str]
    points: float
    stub: str = field(default="", repr=False, compare=False)
    files: tuple[str, ...] = ()

    @property
    def file_names(self) -> tuple[str, ...]:
        """The names that its files have."""
        return self.files or (self.file,)

    @property
    def parts(self) -> list[Task]:
        """A task for each of several files: one that defines what that file's stub does."""
        return [
            replace(self, file=part.name, names=self.names & _defined(part.text), stub=part.text, files=())
            for part in files(self.stub)
        ]

    @property
    def stem(self) -> str:
        return self.file.rpartition(".")[0]

    @property
    def suffix(self) -> str:
        return _suffix(self.file)

    @classmethod
    def of(cls, exercise: Exercise) -> Task:
        """Return the task that an exercise sets."""
        names = frozenset(exercise.required_names)
        title, points = exercise.title, exercise.points
        return cls(exercise.id, "exercise", title, exercise.file, names, points, exercise.stub, exercise.files)

    @classmethod
    def of_quiz(cls, quiz: Quiz) -> Task:
        """Return the task that a quiz sets."""
        return cls.of_answers(quiz.id, quiz.title, quiz.points)

    @classmethod
    def of_answers(cls, quiz_id: str, title: str, points: float) -> Task:
        """Return the task to hand in a file of answers, which names the quiz."""
        return cls(quiz_id, "quiz", title, f"{quiz_id}.json", frozenset({quiz_id}), points)


@lru_cache(maxsize=256)
def _suffix(file: str) -> str:
    return Path(file).suffix


def _defined(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"^(?:async[ \t]+)?(?:def|class)[ \t]+(\w+)", text, re.MULTILINE))


def course_tasks(course: Course) -> list[Task]:
    """Return every exercise of the course that can be read, and every quiz; loading another one raises its problems.

    Quizzes aren't read: their title is their id, and they are worth nothing, until `in_full`.
    """
    from autograder.course.loader import read_exercise

    drafts = (read_exercise(course.root, exercise_id) for exercise_id in course.exercise_ids)
    return [
        *(Task.of(draft.exercise) for draft in drafts if draft.exercise is not None and not draft.problems),
        *(Task.of_answers(quiz_id, quiz_id, 0.0) for quiz_id in course.quiz_ids),
    ]


def in_full(course: Course, tasks: Iterable[Task]) -> list[Task]:
    """Return those of the `course_tasks` that can be read, each with its title and points."""
    return [full for task in tasks if (full := _in_full(course, task)) is not None]


def _in_full(course: Course, task: Task) -> Task | None:
    from autograder.course.loader import read_quiz

    if task.kind == "exercise":
        return task
    quiz, problems = read_quiz(course, task.id)
    return None if quiz is None or problems else Task.of_quiz(quiz)
