"""The rows of a gradebook as plain data: a task, a student, a result, and what a score set by hand makes of one.

They must not know where they are kept.
"""

from __future__ import annotations

from typing import Literal

import msgspec
from msgspec.structs import replace

from autograder.course.tasks import Kind

Status = Literal["graded", "missing", "unreadable", "crashed"]


class GradebookTask(msgspec.Struct, frozen=True):
    """What was to be handed in, as the course said when it was graded last; `version` hashes all that decides it."""

    id: str
    kind: Kind
    title: str
    file: str
    points: float
    version: str = ""


class GradebookStudent(msgspec.Struct, frozen=True):
    """A student: `student` is unique, `folder` is the safe name of the folder below reports/.

    `system` ("canvas", "moodle", "gradescope", "nbgrader", "github" or empty) says whose id `system_id` is; `name` and
    `email` are empty where the system didn't tell, `section` where no table and no folder did.
    """

    student: str
    folder: str
    name: str
    system: str
    system_id: str
    email: str
    section: str = ""


class Result(msgspec.Struct, frozen=True):
    """One row. `graded_at` is UTC in ISO 8601; `sha256` and `file` are those of the submission, empty if there is none.

    `remarks` are plain sentences for the instructor, and can quote a student's file name. `key` is what the result
    depends on, as one hash; `version` is the exercise's part of it, `engine` gradecheck's. `attempt` counts the files
    that were handed in, from 1; `came_as` is where it lay. `best` is the highest score that any had on this
    scale.

    Where a row is read from a gradebook, `score` is what counts: `raw` without `late_penalty`, or the `override` that
    somebody set by hand for the `reason`. `outdated`: an older exercise decided it, and it could not be graded again.
    """

    student: str
    exercise: str
    status: Status
    score: float
    points: float
    passed: bool = False
    misconceptions: list[str] = []
    late: bool = False
    remarks: list[str] = []
    file: str = ""
    sha256: str = ""
    graded_at: str = ""
    seconds: float = 0.0
    key: str = ""
    attempt: int = 0
    version: str = ""
    engine: str = ""
    handed_in: str = ""
    came_as: str = ""
    best: float | None = None
    raw: float | None = None
    late_penalty: float = 0.0
    override: float | None = None
    reason: str = ""
    outdated: bool = False

    @property
    def came_in(self) -> bool:
        """Whether a file was handed in: a score set by hand is a grade without one, too."""
        return self.attempt > 0

    @property
    def fell_from(self) -> float | None:
        """The higher score that an earlier result had on this scale, if nobody has set the score by hand since."""
        own = self.score if self.raw is None else self.raw
        return self.best if self.best is not None and self.override is None and self.best > own + 1e-9 else None


def is_outdated(result: Result, task: GradebookTask) -> bool:
    """Return whether an older exercise decided a row: its score isn't on today's scale."""
    if result.status != "graded" and not (result.status == "unreadable" and result.score):
        return False
    other = bool(result.version and task.version) and result.version != task.version
    return other or abs(result.points - task.points) > 1e-9


def set_by_hand(result: Result, score: float, reason: str, scale: float | None, task: GradebookTask | None) -> Result:
    """Return a row whose score was set by hand: that is a grade, whatever came in, and its share is kept when the task
    is worth other points than the `scale` on which it was set.
    """
    points = task.points if task else result.points
    score = round(score * points / scale, 6) if scale else score
    status = "graded" if result.status in ("missing", "crashed") else result.status
    return replace(
        result, status=status, score=score, points=points, passed=score >= points - 1e-9, late_penalty=0.0,
        override=score, reason=reason, outdated=False,
    )  # fmt: skip
