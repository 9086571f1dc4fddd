"""The course's own programs, graded for real: stubs, references, accepted and known-wrong ones of every exercise."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.course import CourseRoot, Exercise, load_course, load_exercise
from autograder.grading.grade import grade
from autograder.grading.report import Report
from autograder.grading.submission import read_submission

ROOT = CourseRoot.at(Path(__file__).resolve().parents[2])
COURSE = load_course(ROOT)
FULL_CONFINEMENT = ["bubblewrap", "landlock", "seccomp", "rlimits"]


def programs(exercise: Exercise) -> dict[str, list[Path]]:
    """Every program of an exercise, by what the grader must say of it."""
    assert exercise.solution is not None
    suffix = Path(exercise.file).suffix
    return {
        "stub": [exercise.folder / exercise.file],
        "right": [exercise.solution / exercise.file, *sorted((exercise.solution / "accepted").glob(f"*{suffix}"))],
        "wrong": sorted((exercise.solution / "misconceptions").glob(f"*{suffix}")),
    }


def reports_on(exercise: Exercise) -> list[tuple[str, Path, Report]]:
    """All programs of one exercise, graded in one session with full confinement."""
    listed = [(verdict, path) for verdict, paths in programs(exercise).items() for path in paths]
    reports: list[Report] = []
    # A drill's key lies where a reference would; it holds explanations, so it is no submission.
    listed = [pair for pair in listed if exercise.kind != "drill" or pair[1].parent != exercise.solution]
    grade(COURSE, exercise, (read_submission(path) for _, path in listed), reports.append)
    return [(verdict, path, report) for (verdict, path), report in zip(listed, reports, strict=True)]


@pytest.mark.parametrize("exercise_id", COURSE.exercise_ids)
def test_every_program_of_the_course_gets_the_verdict_it_must_get(exercise_id: str) -> None:
    exercise = load_exercise(ROOT, exercise_id)
    problems = []
    for verdict, path, report in reports_on(exercise):
        named = {check.misconception.id for check in report.checks if check.misconception is not None}
        where = f"{path.parent.name}/{path.name}: {report.score:g} of {report.points:g}, named {sorted(named)}"
        if exercise.kind != "drill" and verdict != "stub" and report.isolation != FULL_CONFINEMENT:
            problems.append(f"{where}, confined by {report.isolation}")
        if verdict == "stub" and (report.score != 0 or not report.note.startswith("Not started yet")):
            problems.append(f"{where}: a stub scores 0 and is not started yet")
        if verdict == "right" and not (report.passed and report.score == report.points == exercise.points):
            failed = [(check.id, check.message) for check in report.checks if check.status != "passed"]
            problems.append(f"{where}: a right program gets full points; {failed}")
        if verdict == "wrong" and (report.passed or path.stem.split("--")[0] not in named):
            problems.append(f"{where}: a known-wrong program fails and is named")
    assert not problems, "\n".join(problems)
