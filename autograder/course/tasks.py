"""What students hand in files for: an exercise, or a quiz whose answers `gradecheck quiz NAME --save FILE` wrote.

Intake and gradebook deal with tasks alone, so that a new kind of task needs no change there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import PurePath
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
        return PurePath(self.file).suffix

    @classmethod
    def of(cls, exercise: Exercise) -> Task:
        """Return the task that an exercise sets."""
        names = frozenset(exercise.required_names)
        title, points = exercise.title, exercise.points
        return cls(exercise.id, "exercise", title, exercise.file, names, points, exercise.stub, exercise.files)

    @classmethod
    def of_quiz(cls, quiz: Quiz) -> Task:
        """Return the task that a quiz sets: to hand in a file of answers, which names the quiz."""
        return cls(quiz.id, "quiz", quiz.title, f"{quiz.id}.json", frozenset({quiz.id}), quiz.points)


def _defined(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"^(?:async[ \t]+)?(?:def|class)[ \t]+(\w+)", text, re.MULTILINE))


def course_tasks(course: Course) -> list[Task]:
    """Return every exercise and quiz of the course that can be read; loading another one raises its problems."""
    from autograder.course.loader import read_exercise, read_quiz

    drafts = (read_exercise(course.root, exercise_id) for exercise_id in course.exercise_ids)
    quizzes = (read_quiz(course, quiz_id) for quiz_id in course.quiz_ids)
    return [
        *(Task.of(draft.exercise) for draft in drafts if draft.exercise is not None and not draft.problems),
        *(Task.of_quiz(quiz) for quiz, problems in quizzes if quiz is not None and not problems),
    ]
