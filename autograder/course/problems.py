"""What an author can have done wrong: a place and one sentence that says how to mend it.

Everything here is plain data. It must not know how a problem was found, nor how it is shown.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TypeVar

import msgspec

from autograder.language import tr

_LONGEST = 400
Read = TypeVar("Read")


class Problem(msgspec.Struct, frozen=True, order=True):
    """One problem: `file`, `line` (from 1) and a sentence, which is always a single printable line."""

    file: Path
    line: int
    sentence: str

    def __post_init__(self) -> None:
        msgspec.structs.force_setattr(self, "sentence", _one_line(self.sentence))

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.sentence}"


class CourseError(Exception):
    """The course, or the part that was asked for, can't be used: `problems` says why, sorted by file and line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(map(str, self.problems)))


def sound(read: Read | None, problems: Collection[Problem]) -> Read:
    """Return what was read. Raises CourseError where there are problems, or nothing could be read for them."""
    if read is None or problems:
        raise CourseError(problems)
    return read


def nearest(word: str, known: Iterable[str]) -> str:
    """` Did you mean 'title'?` for the known word nearest to `word`, or nothing where none is near."""
    match = meant(word, known)
    return " " + tr("Did you mean {name!r}?", name=match) if match else ""


def meant(word: str, known: Iterable[str], *, likeness: float = 0.7) -> str:
    """Return the known word nearest to `word`; empty where none is near."""
    from difflib import get_close_matches

    candidates = list(known)
    same = [candidate for candidate in candidates if _canonical(candidate) == _canonical(word)]
    return next(iter(same or get_close_matches(word[:80], candidates, n=1, cutoff=likeness)), "")


def other_spelling(name: str, files: Iterable[str]) -> str:
    """Return the file that differs from a name in capitals, hyphens or `.yml` alone; empty where none does."""
    return next((file for file in files if file != name and _file_spelling(file) == _file_spelling(name)), "")


def _file_spelling(name: str) -> str:
    return re.sub(r"\.yml$", ".yaml", _canonical(name))


def _canonical(word: str) -> str:
    """`word` without what is often left out: capitals, hyphens and leading zeros (`Exercise_4` is `exercise-04`)."""
    return re.sub(r"[-_ ]|(?<!\d)0+(?=\d)", "", word.lower())


def _one_line(text: str) -> str:
    """`text` without line breaks and without characters that could move the cursor of a terminal."""
    line = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in " ".join(text.split()))
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
