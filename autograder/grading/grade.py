"""Grading from end to end: an exercise and its submissions in, Reports out. What the commands call."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Unpack

from autograder.course import load_answer_key, load_listed_checks, load_misconceptions
from autograder.grading.explaining.effort import EFFORTS, Name
from autograder.grading.judge import Judge, Wall
from autograder.language import speak

if TYPE_CHECKING:  # what starts programs needn't wait for these
    from autograder.course import Course, Exercise, KnownWrong
    from autograder.grading.grader import Grader
    from autograder.grading.report import Report
    from autograder.grading.submission import Submission


class How(Wall, total=False):
    """How to grade, beside what Wall says. `effort`: how long reasons are looked for. `meanwhile` is called once, while
    what starts programs warms up.

    `stop_at_first_failure` skips what follows a failed check and names no belief: where only a pass or not matters.
    `simplest_once` looks for the simplest bad input of each check once: where it matters whether it can be found, and
    nobody is told.
    """

    stop_at_first_failure: bool
    simplest_once: bool
    effort: Name
    meanwhile: Callable[[], None]


def _nothing() -> None:
    """Do nothing meanwhile."""


def grade(
    course: Course,
    exercise: Exercise,
    submissions: Iterable[Submission],
    *,
    on_check: Callable[[int, int], None] = lambda number, count: None,
    **how: Unpack[How],
) -> Iterator[Report]:
    """Grade submissions of one exercise as they come; `submissions` may be endless (a watched file).

    Yields a Report for each. Everything is kept warm until the last one, or until the iterator is closed. `on_check` is
    told, before each check, which it is and of how many; one more than that when reasons are looked for.
    Raises SandboxUnavailable, LibraryMissing, or CourseError, which BrokenCourse and BrokenCheck are too.
    """
    speak(course.language)
    if exercise.kind == "drill":
        yield from _grade_drill(course, exercise, submissions)
        return
    with grading(course, exercise, **how) as grader:
        for submission in submissions:
            yield grader.grade(submission, on_check)


@contextmanager
def grading(
    course: Course, exercise: Exercise, *, stop_at_first_failure: bool = False, simplest_once: bool = False,
    effort: Name = "usual", meanwhile: Callable[[], None] = _nothing, **wall: Unpack[Wall],
) -> Iterator[Grader]:  # fmt: skip
    """Lend a warm grader of one exercise, for more than its reports. Options and errors are those of `grade`."""
    speak(course.language)
    with Judge(exercise, () if stop_at_first_failure else _known_wrong(exercise, course), **wall) as judge:
        from autograder.grading.grader import Grader  # pytest's import overlaps with the zygote's warming up

        stops, once = stop_at_first_failure, simplest_once
        grader = Grader(exercise, judge, stop_at_first_failure=stops, simplest_once=once, effort=EFFORTS[effort])
        meanwhile()
        judge.warm_up()
        yield grader


def _known_wrong(exercise: Exercise, course: Course) -> Iterator[KnownWrong]:
    """Read them when the first is wanted."""
    yield from load_misconceptions(exercise, course)


def _grade_drill(course: Course, exercise: Exercise, submissions: Iterable[Submission]) -> Iterator[Report]:
    from autograder.grading.drill import grade_drill, read_drill

    listed = load_listed_checks(exercise)  # in a student's kit, which has no key
    key = None if listed else load_answer_key(exercise)
    for submission in submissions:
        if key is None:
            yield read_drill(exercise, listed, submission)
        else:
            yield grade_drill(course, exercise, key, submission)
