"""Grading from end to end: an exercise and its submissions in, Reports out. What the commands call."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from autograder.course import Course, Exercise, load_answer_key, load_listed_checks, load_misconceptions
from autograder.grading.explaining.effort import EFFORTS, Name
from autograder.grading.judge import Judge
from autograder.grading.report import Report
from autograder.grading.submission import Submission
from autograder.language import speak
from autograder.sandbox.layers import ALL, Layers

if TYPE_CHECKING:
    from autograder.grading.grader import Grader


def grade(
    course: Course,
    exercise: Exercise,
    submissions: Iterable[Submission],
    *,
    layers: Layers = ALL,
    fall_back: bool = False,
    on_missing: Callable[[str], None] = lambda sentence: None,
    stop_at_first_failure: bool = False,
    effort: Name = "usual",
    many: bool = False,
    on_check: Callable[[int, int], None] = lambda number, count: None,
) -> Iterator[Report]:
    """Grade submissions of one exercise as they come; `submissions` may be endless (a watched file).

    Yields a Report for each. Everything is kept warm until the last one, or until the iterator is closed.
    `fall_back` allows a machine without bubblewrap, for a student's own code only. `on_missing` is told of each layer
    that isn't in force, and of its cure, before anything is graded.
    `stop_at_first_failure` skips what follows a failed check and names no belief: where only a pass or not matters.
    `effort` is how long reasons are looked for. `many`: a class is to come, and not one submission. `on_check` is told,
    before each check, which it is and of how many; one more than that when reasons are looked for.
    Raises SandboxUnavailable, LibraryMissing, or CourseError, which BrokenCourse and BrokenCheck are too.
    """
    speak(course.language)
    if exercise.kind == "drill":
        yield from _grade_drill(course, exercise, submissions)
        return
    with grading(
        course,
        exercise,
        layers=layers,
        fall_back=fall_back,
        on_missing=on_missing,
        stop_at_first_failure=stop_at_first_failure,
        effort=effort,
        many=many,
    ) as grader:
        for submission in submissions:
            yield grader.grade(submission, on_check)


@contextmanager
def grading(
    course: Course,
    exercise: Exercise,
    *,
    layers: Layers = ALL,
    fall_back: bool = False,
    on_missing: Callable[[str], None] = lambda sentence: None,
    stop_at_first_failure: bool = False,
    effort: Name = "usual",
    many: bool = False,
) -> Iterator[Grader]:
    """Lend a warm grader of one exercise, for more than its reports. Options and errors are those of `grade`."""
    speak(course.language)
    known_wrong = [] if stop_at_first_failure else load_misconceptions(exercise, course)
    with Judge(exercise, known_wrong, layers=layers, fall_back=fall_back, on_missing=on_missing, many=many) as judge:
        from autograder.grading.grader import Grader  # pytest's import overlaps with the zygote's warming up

        grader = Grader(exercise, judge, stop_at_first_failure=stop_at_first_failure, effort=EFFORTS[effort])
        judge.warm_up()
        yield grader


def _grade_drill(course: Course, exercise: Exercise, submissions: Iterable[Submission]) -> Iterator[Report]:
    from autograder.grading.drill import grade_drill, read_drill

    listed = load_listed_checks(exercise)  # in a student's kit, which has no key
    key = None if listed else load_answer_key(exercise)
    for submission in submissions:
        if key is None:
            yield read_drill(exercise, listed, submission)
        else:
            yield grade_drill(course, exercise, key, submission)
