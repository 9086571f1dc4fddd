"""When something was handed in: by what the system tells, else by the date of the file where that means anything.

Canvas, Moodle, Sakai and Gradescope give their files the date of the download, and a clone's have that of the cloning:
those tell nothing, but Sakai and Gradescope tell beside them when each came. A date before 1981 is a zip's way of
having none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime

from autograder.intake.files import Unreadable
from autograder.intake.layout import HandedFile

#: Numbers of this size are dates, digit by digit: 20261201103000.
_DATES = (1.9e13, 2.2e13)
_EARLIEST = 1981
#: The file in which nbgrader and Sakai write when something came.
_STAMP = "timestamp.txt"
_STAMPING = ("nbgrader", "sakai")


def handed_in(file: HandedFile, files: Iterable[HandedFile]) -> str:
    """Return when one of a student's `files` was handed in, in UTC by ISO 8601; empty where nobody knows."""
    system = (file.archive or file).system
    if came := (file.archive or file).came:
        return came
    if _DATES[0] < file.attempt < _DATES[1]:
        return _moment(file.attempt)
    if system == "brightspace":  # its date, on the clock of wherever it is, was read as if it were UTC's
        return _written(datetime.fromtimestamp(file.attempt, UTC).replace(tzinfo=None)) if file.attempt else ""
    if system in _STAMPING:
        stamps = [
            each for each in files if each.path[-1] == _STAMP and file.path[: len(each.path) - 1] == each.path[:-1]
        ]
        return _stamped(stamps[-1]) if stamps else "" if system == "sakai" else _moment(file.modified)
    return "" if system else _moment(file.modified)


def _stamped(stamp: HandedFile) -> str:
    """Return what `2026-12-01 10:30:00.000000 UTC` (nbgrader), `2026-12-01T10:30:00Z` or `20261201103000000` (Sakai, of
    before 12) says, all of them in UTC.
    """
    try:
        text = stamp.entry.read(100).decode("ascii", "replace").strip()
        if re.fullmatch(r"\d{14,17}", text):
            return _written(datetime.strptime(text[:14], "%Y%m%d%H%M%S").replace(tzinfo=UTC))
        return _written(datetime.fromisoformat(text.removesuffix(" UTC")).replace(tzinfo=UTC))
    except (Unreadable, ValueError, OverflowError):
        return ""


def _moment(number: float) -> str:
    """Return a moment that is seconds since 1970, or a date's digits on this machine's clock, as zips have them."""
    try:
        if number < _DATES[0]:
            return _written(datetime.fromtimestamp(number, UTC))
        return _written(datetime.strptime(f"{number:.0f}", "%Y%m%d%H%M%S"))
    except (ValueError, OverflowError, OSError):
        return ""


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds") if moment.year >= _EARLIEST else ""
