"""What grading one submission yields: plain data, schema 1.

Whatever shows, stores or exports a result needs this module and nothing else of ours. It must not know how a result
came about: no pytest, no sandbox, no course.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Status = Literal["passed", "failed", "error", "timeout", "crashed", "skipped"]


class Misconception(msgspec.Struct, frozen=True):
    """What the student believed: the catalogue's id and title, and why it is wrong (Markdown with LaTeX)."""

    id: str
    title: str
    explanation: str


class CheckResult(msgspec.Struct, frozen=True):
    """One check's verdict.

    `title`, `hint` and the misconception are the author's Markdown with LaTeX. `message` is plain text that can quote
    the student's program: whoever shows it must escape it. `seconds` is wall-clock time.
    """

    id: str
    title: str
    points: float
    score: float
    status: Status
    message: str = ""
    misconception: Misconception | None = None
    hint: str | None = None
    seconds: float = 0.0


class SubmissionFile(msgspec.Struct, frozen=True):
    """The graded file: its name as handed in, and the SHA-256 of its bytes in hex."""

    name: str
    sha256: str


class Report(msgspec.Struct, frozen=True):
    """One submission's result, as `gradecheck run --json` prints it.

    `isolation` lists the layers of confinement that were in force; `output` is what the program printed, cut at 64 KB;
    `note` is one sentence about the file as a whole ("Not started yet: …"), empty if there is nothing to say.
    """

    exercise: str
    title: str
    score: float
    points: float
    passed: bool
    seconds: float
    isolation: list[str]
    submission: SubmissionFile
    checks: list[CheckResult]
    output: str = ""
    note: str = ""
    schema: int = 1
