"""exercise-15 trains networks, so luck could decide: a right program must get its points whatever the seeds are.

The checks' draws, and the seeds that they hand to `train_recall`, follow the bytes of the submission. A comment more is
another submission: the same program under other seeds.
"""

from __future__ import annotations

from autograder.course import CourseRoot, load_course, load_exercise
from autograder.grading.grade import grade
from autograder.grading.report import Report
from autograder.grading.submission import from_bytes
from tests.command import REPOSITORY

ROOT = CourseRoot.at(REPOSITORY)
SEEDS = 10


def test_right_programs_pass_under_ten_seeds() -> None:
    exercise = load_exercise(ROOT, "exercise-15")
    assert exercise.reference is not None
    right = [exercise.reference, *sorted(exercise.reference.parent.glob("accepted/*.py"))]
    submissions = (
        from_bytes(path.name, path.read_bytes() + f"\n# seed {seed}\n".encode())
        for path in right
        for seed in range(SEEDS)
    )
    reports: list[Report] = []
    grade(load_course(ROOT), exercise, submissions, reports.append)
    assert len({report.submission.sha256 for report in reports}) == len(right) * SEEDS >= 4 * SEEDS
    assert [check.message for report in reports for check in report.checks if check.status != "passed"] == []
