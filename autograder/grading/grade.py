"""Grading from end to end: an exercise and its submissions in, Reports out. What the commands call."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from autograder.course import Course, Exercise, load_answer_key, load_listed_checks, load_misconceptions
from autograder.grading.judge import Judge
from autograder.grading.report import Report
from autograder.grading.submission import Submission
from autograder.sandbox.layers import ALL, Layers


def grade(
    course: Course,
    exercise: Exercise,
    submissions: Iterable[Submission],
    on_report: Callable[[Report], None],
    *,
    layers: Layers = ALL,
    fall_back: bool = False,
    on_missing: Callable[[str], None] = lambda sentence: None,
    stop_at_first_failure: bool = False,
) -> None:
    """Grade submissions of one exercise, one after the other; `submissions` may be endless (a watched file).

    `fall_back` allows a machine without bubblewrap, for a student's own code only. `on_missing` is told of each layer
    that isn't in force, and of its cure, before anything is graded.
    `stop_at_first_failure` skips what follows a failed check and names no belief: for who asks only whether all pass.
    Raises SandboxUnavailable, LibraryMissing, CourseError, BrokenCourse or BrokenCheck.
    """
    if exercise.kind == "drill":
        _grade_drill(course, exercise, submissions, on_report)
        return
    known_wrong = [] if stop_at_first_failure else load_misconceptions(exercise, course)
    with Judge(exercise, known_wrong, layers=layers, fall_back=fall_back, on_missing=on_missing) as judge:
        from autograder.grading.session import run_checks  # pytest's import overlaps with the zygote's warming up

        run_checks(exercise, judge, submissions, on_report, stop_at_first_failure)


def _grade_drill(
    course: Course, exercise: Exercise, submissions: Iterable[Submission], on_report: Callable[[Report], None]
) -> None:
    from autograder.grading.drill import grade_drill, read_drill

    listed = load_listed_checks(exercise)  # in a student's kit, which has no key
    key = None if listed else load_answer_key(exercise)
    for submission in submissions:
        on_report(
            read_drill(exercise, listed, submission) if key is None else grade_drill(course, exercise, key, submission)
        )
