"""Judges of the course's exercises, each warm for all programs of a module of tests, as for those of a class."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from functools import cache

import pytest

from autograder.course import CourseRoot, load_course, load_exercise, load_misconceptions
from autograder.grading.explaining.effort import EFFORTS, Effort
from autograder.grading.grader import Grader
from autograder.grading.judge import Judge
from autograder.grading.report import Report
from autograder.grading.submission import from_bytes
from tests.command import REPOSITORY

Graded = Callable[..., Report]
#: The usual seconds, and a tenth of the tries: for what isn't about lines. A search that finds none takes seconds.
FEW_TRIES = replace(EFFORTS["usual"], singles=EFFORTS["fast"].singles, pairs=EFFORTS["fast"].pairs)


@pytest.fixture(scope="module")
def graded() -> Iterator[Graded]:
    """Grade a program of an exercise; unless beliefs are `known`, no misconception of the course is named."""
    course = load_course(CourseRoot.at(REPOSITORY))
    with ExitStack() as judges:

        @cache
        def judge(exercise_id: str, known: bool) -> Judge:
            exercise = load_exercise(course.root, exercise_id)
            return judges.enter_context(Judge(exercise, load_misconceptions(exercise, course) if known else []))

        def grade(exercise_id: str, source: str, effort: Effort = EFFORTS["usual"], *, known: bool = True) -> Report:
            by = judge(exercise_id, known)
            grader = Grader(by.exercise, by, effort=effort)
            return grader.grade(from_bytes(by.exercise.file, source.encode()))

        yield grade
