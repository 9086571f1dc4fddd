"""Text from a student's program, made safe to show: no escape sequence, no control character, no reordered text.

It works on plain text and must not know where the text will be shown; HTML and XML escaping is the renderer's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from autograder.language import tr

_MOST_LISTED = 5

# What a terminal would obey and a person never sees: CSI (colours, cursor) and OSC (window title, hyperlinks).
_TERMINAL_SEQUENCE = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")
_LINE_BREAK = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# An accent or two belongs to a letter; a hundred climb over the neighbouring lines.
_MARKS_PER_LETTER = 3


def visible(text: str, *, lines: int = 200, width: int = 1000) -> str:
    r"""Return `text` with every character visible, in at most `lines` lines of at most `width` characters.

    Terminal sequences are dropped; whatever else can't be seen (control characters, bidirectional overrides,
    zero-width characters, lone surrogates) is written as Python would escape it, `\x07` or `\u202e`. What is left out
    is said in words, in the middle: the beginning and the end of a text tell the most.
    """
    rows = _LINE_BREAK.split(_TERMINAL_SEQUENCE.sub("", text))
    while rows and not rows[-1].strip():
        rows.pop()
    if len(rows) > lines:
        head = max(1, lines * 2 // 3)
        tail = max(0, lines - head - 1)
        left_out = len(rows) - head - tail
        rows = [*rows[:head], tr("[… {n} lines left out …]", n=left_out), *rows[len(rows) - tail :]]
    return "\n".join(_visible_row(row, width) for row in rows)


def one_line(text: str, *, width: int = 200) -> str:
    """Return `text` as one visible line, for a file's name or a heading; one that is cut ends in `…`."""
    line = " ".join(visible(text, lines=20, width=width).split("\n"))
    return line if len(line) <= width else f"{line[: width - 1].rstrip()}…"


def listed(names: Sequence[str], *, width: int = 60, between: str = "; ", most: int = _MOST_LISTED) -> str:
    """Return the first few of some names on one line, each cut to `width`, and how many more there are."""
    more = " " + tr("and {n} more", n=len(names) - most) if len(names) > most else ""
    return between.join(one_line(name, width=width) for name in names[:most]) + more


def _visible_row(row: str, width: int) -> str:
    if len(row) > width:
        row = f"{row[:width]} {tr('[… {n} characters left out]', n=len(row) - width)}"
    row = row.expandtabs(4)
    if row.isascii() and row.isprintable():
        return row
    return "".join(map(_visible_character, _thin_marks(row)))


def _visible_character(character: str) -> str:
    if character.isprintable():
        return character
    if unicodedata.category(character) == "Zs":
        return " "
    return character.encode("unicode_escape").decode("ascii")


def _thin_marks(row: str) -> str:
    kept: list[str] = []
    run = 0
    for character in row:
        run = run + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        if run <= _MARKS_PER_LETTER:
            kept.append(character)
    return "".join(kept)
