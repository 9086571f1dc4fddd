"""A small gradebook with everything in it that a class brings: made by hand, so that all can be read off."""

from __future__ import annotations

from pathlib import Path

import msgspec

from autograder.course.tasks import Task
from autograder.gradebook.book import Gradebook
from autograder.gradebook.rows import Result
from autograder.grading.report import CheckResult, Misconception, Report, Status, SubmissionFile

COURSE = "vanishing-gradients"
TITLE = "Vanishing gradients, from a number to a gate"
TASKS = (
    Task("exercise-04", "exercise", "The Jacobian of one tanh step", "tanh_jacobian.py", frozenset(), 6.0),
    Task("exercise-12", "exercise", "The additive path: $h_t$ of a GRU", "gru_cell.py", frozenset(), 4.0),
    Task("activations", "quiz", "Activations: how steep they can be", "activations.yaml", frozenset(), 1.0),
)
SLOPE = Misconception(
    "slope-not-squared",
    r"Slope of tanh taken as $1 - \tanh(z)$, not $1 - \tanh^2(z)$",
    "At $z = -1$ your slope is `1.762`: *larger* than 1.",
)
SWAPPED = Misconception("gates-swapped", "Update gate read the other way round", "With $z = 0$ the state must stay.")
HOSTILE_NAME = '=HYPERLINK("http://x";"<script>alert(1)</script>")'
HOSTILE_MESSAGE = "It raised ValueError: </script><script>alert(1)</script> \x1b[31m\u202eevil {{ 7 * 7 }}\n  line 2"
AT = "2026-11-21T12:00:00+00:00"


def jacobian(statuses: list[Status], *, message: str = "Got 1.964.", belief: Misconception | None = SLOPE) -> Report:
    """A report on exercise-04; its checks are worth 1, 2 and 3 points."""
    titles = ("The worked example", "A slope is never negative: $\\tanh'(z) > 0$", "Saturated units")
    checks = [
        CheckResult(
            f"check_{number}",
            title,
            float(number),
            float(number) if status == "passed" else 0.0,
            status,
            "" if status == "passed" else message,
            belief if status == "failed" else None,
            "Try $z = 5$." if status == "failed" else None,
            0.25,
        )
        for number, (title, status) in enumerate(zip(titles, statuses, strict=True), start=1)
    ]
    return _report(TASKS[0], checks, "tanh_jacobian.py")


def gru(passed: bool) -> Report:
    """A report on exercise-12, whose one check is worth 4 points."""
    check = CheckResult("gates", "Gates", 4.0, 4.0 * passed, "passed" if passed else "failed", "", None)
    if not passed:
        check = CheckResult("gates", "Gates", 4.0, 0.0, "failed", "The state moved.", SWAPPED)
    return _report(TASKS[1], [check], "gru_cell.py")


def quiz(passed: bool) -> Report:
    """A report on the answers to a quiz, whose one question is worth 1 point."""
    check = CheckResult("slope-at-zero", "How steep is $\\tanh$ at 0?", 1.0, 1.0, "passed", answered=["one"])
    if not passed:
        check = msgspec.structs.replace(
            check, score=0.0, status="failed", message="You chose 0.", misconception=SLOPE, answered=["zero"]
        )
    return msgspec.structs.replace(_report(TASKS[2], [check], "activations.json"), isolation=[], kind="quiz")


def _report(task: Task, checks: list[CheckResult], file: str, note: str = "") -> Report:
    score, passed = sum(check.score for check in checks), all(check.status == "passed" for check in checks)
    layers = ["bubblewrap", "landlock", "seccomp", "rlimits"]
    submission = SubmissionFile(file, "9f86d081" * 8)
    return Report(task.id, task.title, score, task.points, passed, 0.5, layers, submission, checks, "shape\n", note)


def record(gradebook: Gradebook, student: str, report: Report, *, late: bool = False, status: str = "graded") -> None:
    """One graded row."""
    beliefs = [check.misconception.id for check in report.checks if check.misconception]
    row = Result(
        student,
        report.exercise,
        status,  # type: ignore[arg-type]
        report.score,
        report.points,
        report.passed,
        list(dict.fromkeys(beliefs)),
        late,
        ["gru.py was taken for gru_cell.py."] if late else [],
        report.submission.name,
        report.submission.sha256,
        AT,
        report.seconds,
        "key",
    )
    gradebook.record(row, report.to_json())


def write_gradebook(out: Path) -> Path:
    """Six students: right, wrong, hostile, unreadable, crashed, and one with a quiz alone. Returns its path."""
    path = out / "gradebook.db"
    with Gradebook.open(path) as gradebook:
        gradebook.describe(COURSE, TITLE, enumerate(TASKS))
        gradebook.enrol(
            [
                ("Ada Lovelace_101", "Ada Lovelace", "moodle", "101", "ada@example.org"),
                ("Bo_102", "Bo", "moodle", "102", ""),
                (HOSTILE_NAME, HOSTILE_NAME, "", "", "@x.example"),
                ("dora", "", "", "", ""),
                ("emil", "", "", "", ""),
                ("fritz", "", "", "", ""),
            ]
        )
        record(gradebook, "Ada Lovelace_101", jacobian(["passed"] * 3))
        record(gradebook, "Ada Lovelace_101", gru(True))
        record(gradebook, "Bo_102", jacobian(["passed", "failed", "failed"]))
        record(gradebook, "Bo_102", gru(False), late=True)
        record(gradebook, HOSTILE_NAME, jacobian(["error", "failed", "timeout"], message=HOSTILE_MESSAGE))
        record(gradebook, "Ada Lovelace_101", quiz(True))
        record(gradebook, "Bo_102", quiz(False))
        record(gradebook, "fritz", quiz(False))
        record(gradebook, "dora", jacobian(["failed"] * 3, message="Not text.", belief=None), status="unreadable")
        gradebook.record(
            Result(
                "emil", "exercise-04", "crashed", 0.0, 6.0, remarks=["The judge died (signal SIGKILL)."], graded_at=AT
            ),
            None,
        )
        gradebook.complete()
        gradebook._connection.execute("UPDATE result SET graded_at = ?", (AT,))  # of the missing ones it is now
    return path
