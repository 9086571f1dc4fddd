"""A judge's own process: it gets a brief once, then one submission after the other.

The wire is msgpack over one socket. The process ends when its socket closes, and takes its zygote along; it starts the
zygote from its main thread, for bubblewrap dies with the thread that started it.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Literal

import msgspec

from autograder.grading.explaining.effort import Name
from autograder.grading.submission import Submission
from autograder.language import ENGLISH, VARIABLE, speak, tr
from autograder.sandbox.layers import ALL, WITHOUT_BUBBLEWRAP, SandboxUnavailable
from autograder.sandbox.libraries import LibraryMissing

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


Verdict = Graded | Broken | Unfit
encode = msgspec.msgpack.encode
_verdict_decoder: msgspec.msgpack.Decoder[Verdict] = msgspec.msgpack.Decoder(Verdict)
_decode_submission = msgspec.msgpack.Decoder(Submission).decode


def decode_verdict(message: bytes) -> Verdict:
    """Return what a judge sent. Raises msgspec.DecodeError."""
    return _verdict_decoder.decode(message)


class _BatchGone(Exception):
    """Whoever wanted the verdict has ended, or was killed."""


def main(descriptor: int, core: int | None) -> None:
    """Serve until the other end closes the socket, on one core if it is named."""
    if core is not None and hasattr(os, "sched_setaffinity"):
        with contextlib.suppress(OSError):  # the core was taken away meanwhile
            os.sched_setaffinity(0, {core})
    connection = Connection(descriptor)
    with contextlib.suppress(EOFError, BrokenPipeError, _BatchGone):
        brief = msgspec.msgpack.decode(connection.recv_bytes(), type=Brief)
        verdict = _serve(connection, brief)
        if verdict is not None:
            connection.send_bytes(encode(verdict))


def _serve(connection: Connection, brief: Brief) -> Verdict | None:
    from autograder.course import CourseError
    from autograder.grading.broken import BrokenCheck

    try:
        _grade(connection, brief)
    except BrokenCheck as error:
        return Broken(str(error))
    except CourseError as error:
        return Unfit("course", str(error))
    except (SandboxUnavailable, LibraryMissing) as error:
        return Unfit("machine", str(error))
    except _BatchGone:
        raise
    except Exception as error:
        fault = f"{type(error).__name__}: {error}"
        return Broken(tr("The grader itself failed ({fault}).", fault=fault))
    return None


def _grade(connection: Connection, brief: Brief) -> None:
    from autograder.course import CourseRoot, load_course, load_exercise
    from autograder.grading.grade import How, grade

    os.environ[VARIABLE] = brief.language  # also where the judge is on another machine
    speak(brief.language)  # before anything is read, which may stand there in several languages
    root = CourseRoot.at(Path(brief.course))
    course = load_course(root)
    exercise = load_exercise(root, brief.exercise)
    how: How = {"layers": ALL if brief.sandboxed else WITHOUT_BUBBLEWRAP, "effort": brief.effort, "many": True}
    if brief.sandboxed:
        how["on_missing"] = _refuse
    for report in grade(course, exercise, _submissions(connection), **how):
        try:
            connection.send_bytes(encode(Graded(report.to_json())))
        except OSError:
            raise _BatchGone from None


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
