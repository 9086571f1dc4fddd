"""When something was handed in: by what the system says in its names, else by the date of the file.

A clone's files have the date of the cloning, and a date before 1981 is a zip's way of having none: both tell nothing.
"""

from __future__ import annotations

from datetime import UTC, datetime

from autograder.intake.layout import HandedFile, Student

#: Numbers of this size are dates, digit by digit: 20261201103000.
_DATES = (1.9e13, 2.2e13)
_EARLIEST = 1981


def handed_in(file: HandedFile, student: Student) -> str:
    """Return when a file was handed in, in UTC by ISO 8601; empty where nobody knows."""
    if _DATES[0] < file.attempt < _DATES[1]:
        return _moment(file.attempt)
    return "" if student.system == "github" else _moment(file.modified)


def _moment(number: float) -> str:
    """Return a moment that is seconds since 1970, or a date's digits on this machine's clock, as zips have them."""
    try:
        if number < _DATES[0]:
            moment = datetime.fromtimestamp(number, UTC)
        else:
            moment = datetime.strptime(f"{number:.0f}", "%Y%m%d%H%M%S").astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return ""
    return moment.isoformat(timespec="seconds") if moment.year >= _EARLIEST else ""
