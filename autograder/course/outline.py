"""The course in outline: what `list` says of every exercise and quiz, kept until a file of the course changes.

Reading a whole course takes longer than all else that `list` does. What is kept is read back only from a folder that
nobody else may write to, and it is never graded by: a kept outline can't cost a point. A file that can't be written or
read is as none.
"""

from __future__ import annotations

import os
import sys
import time
from binascii import crc32
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from autograder import private_folder
from autograder.language import spoken

if TYPE_CHECKING:
    from autograder.course.content import Course
    from autograder.course.discovery import CourseRoot
    from autograder.course.problems import Problem

_READS_COURSES = Path(__file__).parent
#: A file that is changed twice within this many seconds can have the same time and size both times.
_TOO_FRESH = 2.0

#: A file: its path, when it was changed, which can be set, when that was set, which can't, and its bytes.
_Stamp = tuple[str, int, int, int]


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


class _Kept(msgspec.Struct, frozen=True):
    language: str
    python: str
    files: list[_Stamp]
    outline: Outline


def read_outline(root: CourseRoot, place: Path) -> tuple[Outline, list[Problem]]:
    """Return the outline, and the problems of what is left out of it. Raises CourseError if course.yaml has any.

    It is kept in the folder `place`, unless there is a problem.
    """
    name = f"{crc32(os.fsencode(root.root)):08x}.json"
    files = sorted(_stamps(root))
    kept = _recall(place, name)
    if kept is not None and (kept.files, kept.language, kept.python) == (files, spoken(), sys.version):
        return kept.outline, []
    outline, problems = _outline(root)
    newest = max(max(stamp[1:3]) for stamp in files) / 1e9
    if not problems and files == sorted(_stamps(root)) and newest < time.time() - _TOO_FRESH:
        _keep(place, name, _Kept(spoken(), sys.version, files, outline))
    return outline, problems


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


def _stamps(root: CourseRoot) -> Iterator[_Stamp]:
    """All files that an outline is made of: the course's, and the modules that read them."""
    yield _stamp(root.file)
    for folder in (_READS_COURSES, root.root / "exercises", root.root / "quizzes"):
        for where, _, names in os.walk(folder):
            if not where.endswith("__pycache__"):
                yield from (_stamp(Path(where, name)) for name in names)


def _stamp(path: Path) -> _Stamp:
    try:
        found = path.stat()
    except OSError:
        return str(path), 0, 0, -1
    return str(path), found.st_mtime_ns, found.st_ctime_ns, found.st_size


def _recall(place: Path, name: str) -> _Kept | None:
    try:
        return msgspec.json.decode(private_folder.read(place, name), type=_Kept)
    except (OSError, msgspec.MsgspecError):
        return None


def _keep(place: Path, name: str, kept: _Kept) -> None:
    with suppress(OSError):  # it is only read anew next time
        private_folder.write(place, name, msgspec.json.encode(kept))
