"""A program of several files as one text, and back: where each file begins, and which line of it a line of the text is.

Each file stands below a line that names it: a text by itself, so that whoever parses the whole and writes it anew keeps
it. Both sides of the wall read it. It must not know what the files are for.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping

import msgspec

_MARK = re.compile(r"^(\"\"\"|[\"'])── file ([a-z][a-z0-9_]*\.py) ──\1$", re.MULTILINE)


class File(msgspec.Struct, frozen=True):
    """A file: its name, the line of the whole text at which it begins, and what stands in it."""

    name: str
    first_line: int
    text: str

    @property
    def module(self) -> str:
        """The name under which the others import it."""
        return self.name.removesuffix(".py")

    @property
    def in_place(self) -> str:
        """Its text with so many empty lines before it that its lines have the numbers that they have in the whole."""
        return "\n" * (self.first_line - 1) + self.text


def lines_of(text: str) -> list[str]:
    """The lines of a program as Python counts them: a form feed, or a break that only Unicode knows, begins none."""
    return io.StringIO(text, newline=None).readlines()


def joined(texts: Mapping[str, str]) -> str:
    """The text of all files, each below its name."""
    return "".join(f'"── file {name} ──"\n{_lines(text)}\n' for name, text in texts.items())


def files(text: str) -> list[File]:
    """The files of such a text; none of any other program."""
    return [File(mark[2], first_line, inside) for mark, first_line, inside in parts(text, _MARK)]


def parts(text: str, mark: re.Pattern[str]) -> Iterator[tuple[re.Match[str], int, str]]:
    """Yield the marks of a text that begins with one: each with the line below it, and what stands there."""
    marks = list(mark.finditer(text)) if mark.match(text) else []
    ends = [each.start() for each in marks[1:]] + [len(text)]
    for each, end in zip(marks, ends, strict=False):
        yield each, text.count("\n", 0, each.end()) + 2, text[each.end() + 1 : end]


def placed(text: str, line: int) -> tuple[str, int] | None:
    """The file in which a line of such a text is, and its number there; None of any other program."""
    file = next((file for file in reversed(files(text)) if file.first_line <= line), None)
    return None if file is None else (file.name, line - file.first_line + 1)


def _lines(text: str) -> str:
    """One file's text with one kind of line break, and no line of it that reads like ours."""
    return _MARK.sub("#", text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n"))
