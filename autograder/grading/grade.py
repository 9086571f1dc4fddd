"""Grading from end to end: an exercise and its submissions in, Reports out. What the commands call."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from autograder.course import Course, Exercise, load_answer_key, load_misconceptions
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
    on_fall_back: Callable[[str], None] = lambda reason: None,
) -> None:
    """Grade submissions of one exercise, one after the other; `submissions` may be endless (a watched file).

    `fall_back` allows a machine without bubblewrap, for a student's own code only; `on_fall_back` is then told why.
    Raises SandboxUnavailable, CourseError, BrokenCourse or BrokenCheck.
    """
    if exercise.kind == "drill":
        from autograder.grading.drill import grade_drill

        key = load_answer_key(exercise)
        for submission in submissions:
            on_report(grade_drill(course, exercise, key, submission))
        return
    with Judge(exercise, load_misconceptions(exercise, course), layers=layers, fall_back=fall_back) as judge:
        from autograder.grading.session import run_checks  # pytest's import overlaps with the zygote's warming up

        run_checks(exercise, judge, submissions, on_report)
        if judge.fell_back is not None:
            on_fall_back(judge.fell_back)
