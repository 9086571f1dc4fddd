"""A judge's own process: it grades one submission of an exercise after the other.

The wire is msgpack over one socket; the process ends when that closes. It must not know where it was forked.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from autograder.grading.explaining.effort import Name
from autograder.grading.submission import Submission
from autograder.language import ENGLISH, VARIABLE, speak, tr
from autograder.sandbox.layers import ALL, WITHOUT_BUBBLEWRAP, SandboxUnavailable
from autograder.sandbox.libraries import LibraryMissing

if TYPE_CHECKING:
    from autograder.grading.report import Report

ALL_LAYERS = ("bubblewrap", "landlock", "seccomp", "rlimits")


class Brief(msgspec.Struct, frozen=True):
    """What a judge grades: an exercise of the course at `course`, and within what.

    `sandboxed`: behind every layer of confinement, or not at all; `patience`: seconds after which a judge that doesn't
    answer is taken for dead; `effort`: how long reasons are looked for; `language`: what is spoken.
    """

    course: str
    exercise: str
    sandboxed: bool = True
    patience: float = 600.0
    effort: Name = "usual"
    language: str = ENGLISH


class Begin(msgspec.Struct, frozen=True, tag=True):
    """Fork a judge, to stay on this core if one is named; its socket and the file of its complaints follow."""

    number: int
    core: int | None


class Stop(msgspec.Struct, frozen=True, tag=True):
    """Kill a judge; one that has ended is let be."""

    number: int


class Graded(msgspec.Struct, frozen=True, tag=True):
    """A submission's Report, as JSON."""

    report: bytes


class Broken(msgspec.Struct, frozen=True, tag=True):
    """The grader failed over this one submission; the judge is ending."""

    sentence: str


class Unfit(msgspec.Struct, frozen=True, tag=True):
    """Nothing can be graded here: the course is wrong, or the machine can't confine programs."""

    reason: Literal["course", "machine"]
    sentence: str


class Ended(msgspec.Struct, frozen=True, tag=True):
    """The judge's process has ended, as `Popen.returncode` tells it."""

    code: int


Verdict = Graded | Broken | Unfit
encode = msgspec.msgpack.encode
_answer_decoder: msgspec.msgpack.Decoder[Verdict | Ended] = msgspec.msgpack.Decoder(Verdict | Ended)
_decode_submission = msgspec.msgpack.Decoder(Submission).decode


def decode_answer(message: bytes) -> Verdict | Ended:
    """Return what came from a judge. Raises msgspec.DecodeError."""
    return _answer_decoder.decode(message)


#: Grades submissions as they come, in a process that was forked for it.
Grade = Callable[[Iterable[Submission]], Iterator["Report"]]


def judge(connection: Connection, grade: Grade) -> None:
    """Answer each submission with a verdict, until the other end closes the socket or the grader fails."""
    try:
        for report in grade(_submissions(connection)):
            try:
                connection.send_bytes(encode(Graded(report.to_json())))
            except OSError:  # whoever wanted it has ended, or was killed
                return
    except Exception as error:
        with contextlib.suppress(OSError):
            connection.send_bytes(encode(verdict_of(error)))


def verdict_of(error: Exception) -> Verdict:
    """Return what the grader's failing means."""
    from autograder.course import CourseError
    from autograder.grading.broken import BrokenCheck

    if isinstance(error, BrokenCheck):
        return Broken(str(error))
    if isinstance(error, CourseError):
        return Unfit("course", str(error))
    if isinstance(error, SandboxUnavailable | LibraryMissing):
        return Unfit("machine", str(error))
    fault = f"{type(error).__name__}: {error}"
    return Broken(tr("The grader itself failed ({fault}).", fault=fault))


@contextlib.contextmanager
def warm(brief: Brief) -> Iterator[Grade]:
    """Make ready all that judges of one exercise share. It starts the zygote from the thread that this is called in."""
    from autograder.course import CourseRoot, load_course, load_exercise
    from autograder.grading.grade import How, grade, grading

    os.environ[VARIABLE] = brief.language  # also where the judge is on another machine
    speak(brief.language)  # before anything is read, which may stand there in several languages
    root = CourseRoot.at(Path(brief.course))
    course = load_course(root)
    exercise = load_exercise(root, brief.exercise)
    if exercise.kind == "drill":
        yield partial(grade, course, exercise)
        return
    how: How = {"layers": ALL if brief.sandboxed else WITHOUT_BUBBLEWRAP, "effort": brief.effort, "many": True}
    how["meanwhile"] = import_explainer
    if brief.sandboxed:
        how["on_missing"] = _refuse
    with grading(course, exercise, **how) as grader:

        def branch(submissions: Iterable[Submission]) -> Iterator[Report]:
            grader.branch()
            yield from map(grader.grade, submissions)

        yield branch


def import_explainer() -> None:
    """Import what the first mistake needs: in a class somebody makes one, and every judge would import it."""
    import autograder.grading.explaining.explainer  # noqa: F401


def _submissions(connection: Connection) -> Iterator[Submission]:
    while True:
        try:
            message = connection.recv_bytes()
        except (EOFError, OSError):
            return
        yield _decode_submission(message)


def _refuse(missing: str) -> None:
    """Grade nothing where a worker doesn't get every layer."""
    raise SandboxUnavailable(
        tr(
            "{missing} A class's programs are graded behind every layer, or with --unsandboxed at your own risk.",
            missing=missing,
        )
    )
