"""What is said of neighbours of known-wrong programs, of which one function alone is wrong, is so."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest

from autograder.course import CourseRoot, Exercise, load_course, load_exercise, load_misconceptions
from autograder.grading.grader import Grader
from autograder.grading.judge import Judge
from autograder.grading.report import Explanation
from autograder.grading.submission import Submission, from_bytes
from benchmarks.neighbours import Neighbour, falsehoods, neighbours
from tests.command import REPOSITORY

COURSE = load_course(CourseRoot.at(REPOSITORY))
EXERCISES = [load_exercise(COURSE.root, each) for each in COURSE.exercise_ids]
#: Those whose programs have several functions, and train no network for an answer.
OF_SEVERAL = [
    each.id
    for each in EXERCISES
    if each.kind != "drill" and len(each.required_names) > 1 and each.id not in ("exercise-15", "exercise-17")
]
#: One in so many is graded here; `python -m benchmarks.explain` grades all.
EVERY = 6


def beside(exercise: Exercise) -> Iterator[tuple[Neighbour, Submission]]:
    assert exercise.reference is not None
    reference = exercise.reference.read_text(encoding="utf-8")
    for each in neighbours(load_misconceptions(exercise, COURSE), reference, exercise.required_names):
        yield each, from_bytes(exercise.file, each.source.encode())


@pytest.mark.proof
@pytest.mark.parametrize("exercise_id", OF_SEVERAL)
def test_nothing_false_is_said_of_a_neighbour(exercise_id: str) -> None:
    exercise, explained = load_exercise(COURSE.root, exercise_id), 0
    with Judge(exercise, load_misconceptions(exercise, COURSE)) as judge:
        grader = Grader(exercise, judge)
        for each, program in [*beside(exercise)][::EVERY]:
            report = grader.grade(program)
            explained += bool(report.explanations)
            assert falsehoods(each, program, report, grader, judge) == [], each.name
    assert explained


def test_what_is_false_is_found() -> None:
    exercise = load_exercise(COURSE.root, "exercise-05")
    each, program = next(each for each in beside(exercise) if each[0].name == "frobenius-for-spectral, norm_bound")
    with Judge(exercise, load_misconceptions(exercise, COURSE)) as judge:
        grader = Grader(exercise, judge)
        report = grader.grade(program)
        (said,) = report.explanations
        assert (said.misconception, said.functions) == ("frobenius-for-spectral", ["norm_bound"])
        assert falsehoods(each, program, report, grader, judge) == []

        def held_against(**changes: object) -> list[str]:
            changed = msgspec.structs.replace(report, explanations=[msgspec.structs.replace(said, **changes)])
            return falsehoods(each, program, changed, grader, judge)

        right = held_against(functions=["jacobian_product", "norm_bound"])
        assert right == [f"{said.title!r} is said of jacobian_product, which is right"]
        assert held_against(misconception="sum-for-product") == [f"{said.title!r} answers otherwise"]
        line = Explanation("line", "Look at line 99", "", line=99, functions=["norm_bound"])
        assert held_against(**msgspec.structs.asdict(line)) == ["'Look at line 99' is a line of what is right"]
