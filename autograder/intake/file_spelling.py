"""How people and systems respell a file's name: capitals, hyphens, `(1)`, `- Copy`, `-1`, `.txt`."""

from __future__ import annotations

import re
from functools import lru_cache

#: How systems call a copy, behind a name and before it, in English, German, French, the South, the North and the East.
_WORDS = "copy|kopie|copie|copia|cópia|kopia|kopi|kopio|副本|コピー|복사본"
_COPY = re.compile(rf"[ _]*(?:\(\d{{1,3}}\)|-? ?\b(?:{_WORDS})\b(?: ?\(?\d{{1,3}}\)?)?)$", re.IGNORECASE)
_COPY_OF = re.compile(rf"^(?:{_WORDS}) (?:of|von|de|di|van|av) ", re.IGNORECASE)
_COUNTED = re.compile(r"\((\d{1,3})\)\s*$|(?<=\w)-([1-9]\d?)$")
_NUMBERED = re.compile(r"(?<=\w)-[1-9]\d?$")


@lru_cache(maxsize=4096)
def canonical(stem: str) -> str:
    """A stem without what is often changed: capitals, hyphens, blanks, underscores, leading zeros of numbers."""
    return re.sub(r"[-_ .]+|(?<!\d)0+(?=\d)", "", stem.casefold())


def without_copy_suffix(stem: str) -> str:
    """`a` of `a (1)`, `a - Copy`, `a copy 2` and `Copy of a`."""
    bare = _COPY_OF.sub("", stem)
    while (shorter := _COPY.sub("", bare)) != bare and shorter.strip():
        bare = shorter
    return bare.strip() or stem


def copy_number(stem: str) -> int:
    """2 of `a (2)` and of `a-2`, 0 of `a`: how systems and browsers count what comes again."""
    match = _COUNTED.search(stem)
    return int(match[1] or match[2]) if match else 0


def without_number(stem: str) -> str:
    """`a` of `a-1`, the name that Canvas gives to what is handed in again."""
    return _NUMBERED.sub("", stem)
