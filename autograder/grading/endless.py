"""Ending a check, or a checks.py as it is read, that computes on and on by itself: an author's loop without an end, or
one that an answer sends there.

Only the judge's own computing counts, so waiting for a program never does. It must not know what a check is.
"""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from autograder.language import tr
from autograder.sandbox import alarm

#: Seconds of the processor's time that a check may take beside what its programs take: honest ones take milliseconds.
LONGEST = 10.0
#: The same for a checks.py as it is read, which may import what is slow to import.
LONGEST_TO_READ = 60.0
_AGAIN = 0.2
_ENGINE = str(Path(__file__).resolve().parents[1])
#: What reads and calls an author's functions: above these nothing of ours is at work.
_CALLERS = ("checking.py", "collecting.py", "plain_checks.py", "asking_again.py", "replay.py")


class EndlessCheck(BaseException):
    """A check computes on and on; no `except Exception` of its author's keeps it."""

    def __str__(self) -> str:
        return tr("it computes for more than {limit:g} s by itself; look for a loop without an end", limit=LONGEST)


class EndlessReading(EndlessCheck):
    """A checks.py computes on and on as it is read."""

    def __str__(self) -> str:
        return tr(
            "it computes for more than {limit:g} s as it is read; look for a loop without an end", limit=LONGEST_TO_READ
        )


class EndlessAsking(EndlessCheck):
    """A check asks on and on: the reference, too, had no time left. Its argument are the seconds for a whole file."""

    def __str__(self) -> str:
        return tr(
            "its questions take longer than the {limit:g} s for a whole file; look for a loop without an end, or ask"
            " less",
            limit=self.args[0],
        )


@contextlib.contextmanager
def bounded_computing(*, reading: bool = False) -> Iterator[None]:
    """What happens here gets an EndlessCheck once it has computed too long, but never amid a question to a program.

    `reading`: it is a checks.py that is read, and gets an EndlessReading.

    Only where a timer's signal arrives: in the main thread, and not on Windows.
    """
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        yield
        return

    longest, error = (LONGEST_TO_READ, EndlessReading) if reading else (LONGEST, EndlessCheck)
    with alarm.at_most(longest, error, cpu=True, again=_AGAIN, never_amid=_is_engines):
        yield


def _is_engines(frame: FrameType | None) -> bool:
    """Whether a line of ours is at work within the check: what it does must not be left half done."""
    while frame is not None and not frame.f_code.co_filename.endswith(_CALLERS):
        if frame.f_code.co_filename.startswith(_ENGINE):
            return True
        frame = frame.f_back
    return False
