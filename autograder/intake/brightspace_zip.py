"""Brightspace: folders `12345-67890 - Full Name - Nov 3, 2026 1015 AM/…`, or files named so, with ` - file` behind.

The first number is the student's. Each attempt has a folder of its own, the last one counts. `index.html` is the
system's own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime

from autograder.course.tasks import Task
from autograder.intake.files import Entry, Tree
from autograder.intake.layout import HandedFile, Layout, Student, share, top_names

_OWN = frozenset({"index.html"})
_PART = re.compile(
    r"^(?P<user>\d+)-\d+ - (?P<name>.+?) - (?P<when>[^-]*?\d{4}[^-]*?)(?: - (?P<original>.+))?$", re.DOTALL
)
#: How months begin in English, Spanish, French, German, Portuguese, Italian, Dutch, Swedish, Danish and Turkish,
#: without accents.
_MONTHS = tuple(
    months.split()
    for months in (
        "jan ene gen oca", "feb fev sub", "mar maa mrt", "apr abr avr nis", "may mai mag mei maj", "jun juin giu haz",
        "jul juil lug tem", "aug ago aou agu", "sep set eyl", "oct okt out ott eki", "nov kas", "dec dez dic ara",
    )
)  # fmt: skip
#: `2026年11月3日 下午1015`: the date, and the afternoon, of Chinese, Japanese and Korean.
_YEAR_FIRST = re.compile(r"(?P<year>\d{4}) ?[年년] ?(?P<month>\d{1,2}) ?[月월] ?(?P<day>\d{1,2}) ?[日일](?P<then>.*)")
_HALVES = {"上午": "am", "午前": "am", "오전": "am", "下午": "pm", "午後": "pm", "오후": "pm"}
_DATE = re.compile(r"(?P<day>\d{1,2})\D+(?P<year>\d{4})\D+(?P<hour>\d{1,2}?)\D*(?P<minute>\d{2})(?!\d)(?P<half>.*)")


def recognise(tree: Tree, tasks: Sequence[Task]) -> Layout | None:
    explains = share(top_names(tree) - _OWN, _PART.match)
    return Layout("Brightspace", _place, own_files=_OWN, explains=explains) if explains else None


def _place(entry: Entry) -> Iterator[tuple[Student, HandedFile | None]]:
    match = _PART.match(entry.path[0])
    if match is None:
        return
    student = Student(f"{match['name']}_{match['user']}", match["name"], "brightspace", match["user"])
    path = ((match["original"],) if match["original"] else ()) + entry.path[1:]
    yield student, HandedFile(entry, path, _moment(match["when"]))


def _moment(written: str) -> float:
    """When it was handed in, good for comparing alone; 0 in a language that isn't read here."""
    text = unicodedata.normalize("NFKD", _day_first(written).casefold())
    words = re.findall(r"[a-z]+", "".join(each for each in text if not unicodedata.combining(each)))
    months = [at for word in words for at, begins in enumerate(_MONTHS, 1) if word.startswith(tuple(begins))]
    match = _DATE.search(text)
    if match is None or not months:
        return 0.0
    hour, half = int(match["hour"]), "".join(re.findall("[a-z]", match["half"]))
    hour = hour % 12 + 12 * (half == "pm") if half in ("am", "pm") else hour
    with suppress(ValueError):
        day = datetime(int(match["year"]), months[0], int(match["day"]), hour, int(match["minute"]), tzinfo=UTC)
        return day.timestamp()
    return 0.0


def _day_first(written: str) -> str:
    """A date of East Asia in the order and with the words of Europe; any other as it is."""
    match = _YEAR_FIRST.search(written)
    if match is None or not 0 < int(match["month"]) <= len(_MONTHS):
        return written
    half = next((half for word, half in _HALVES.items() if word in match["then"]), "")
    time = re.sub(r"[^\d: ]", "", match["then"])
    return f"{match['day']} {_MONTHS[int(match['month']) - 1][0]} {match['year']} {time} {half}"
