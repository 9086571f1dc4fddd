"""A student's name as the name of a folder: safe on every file system, and still to be recognised."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from itertools import count

_LONGEST = 80
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)


def folder_name(student: str) -> str:
    """Return a folder's name made of letters, digits, `.`, `_` and `-`. Different students can get the same one."""
    text = unicodedata.normalize("NFC", student)
    name = re.sub(r"[^\w.-]+", "_", text).strip("._-")
    while len(name.encode()) > _LONGEST:
        name = name[:-1]
    if not name or _RESERVED.fullmatch(name):
        name = f"student-{name}".rstrip("-")
    return name.rstrip("._-")


def folder_names(student: str) -> Iterator[str]:
    """Yield the folder's name, then others in case that somebody has it, with more and more digits, without end."""
    name = folder_name(student)
    yield name
    digits = hashlib.sha256(student.encode("utf-8", "surrogatepass")).hexdigest()
    yield from (f"{name}-{digits[:length]}" for length in (8, 16, 64))
    yield from (f"{name}-{digits}-{number}" for number in count(2))


def same_folder(name: str) -> str:
    """Return what two names share if a file system that ignores capitals or accents' spelling takes them for one."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
