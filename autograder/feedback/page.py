"""Lines on a terminal: wrapping, indentation, blank lines, and the choice between Unicode and ASCII.

It must not know reports or Markdown. It draws with characters alone, so that a pipe gets the same page as a screen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

if TYPE_CHECKING:
    from rich.console import Console

_MEASURE = 88  # longer lines are hard to read
_COMMAND = re.compile(r"`gradecheck [^`]*`")
_GLUE = "\ue000"  # stands for a space at which a line must not break, which rich would break


class Page:
    """A console with a left edge: writes paragraphs, verbatim text and blank lines, in ASCII where asked."""

    def __init__(self, console: Console, *, ascii: bool = False) -> None:
        self._console = console
        self._written = self._blank_due = False
        self._drafted: list[Text] | None = None
        self.ascii = ascii or not console.encoding.lower().startswith("utf")
        self.plain = self.ascii or console.no_color or not console.is_terminal
        self.width = max(20, min(console.width, _MEASURE))

    def spell(self, text: str) -> str:
        """Return `text` in the characters that this page may use."""
        if not self.ascii or text.isascii():
            return text
        from autograder.feedback import transliteration

        return transliteration.to_ascii(text)

    def glued(self, formula: str) -> str:
        """Return a short formula so that it isn't broken over two lines."""
        return formula.replace(" ", _GLUE) if len(formula) <= min(32, self.width // 2) else formula

    def blank(self) -> None:
        """Leave one blank line before what comes next, if anything came before."""
        self._blank_due = self._written

    def gap(self) -> None:
        """Leave a blank line now: what comes next is a prompt, which isn't written on this page."""
        self._console.print()
        self._blank_due = False

    def paragraph(self, text: Text | str, *, first: str | Text = "", rest: str | None = None) -> None:
        """Write wrapped text; `first` stands before its first line and `rest` (else `first`) before the others."""
        if isinstance(text, str):  # with each command to type in one piece
            text = Text(_COMMAND.sub(lambda command: command[0].replace(" ", _GLUE), self.spell(text)))
        if not text:
            return
        rest = str(first) if rest is None else rest
        if len(first) > len(rest):  # a label longer than the indentation is wrapped with the text
            label = Text(first) if isinstance(first, str) else first
            text, first = Text.assemble(label[len(rest) :], text), label[: len(rest)]
        for row, line in enumerate(text.wrap(self._console, max(12, self.width - len(rest)))):
            line.rstrip()
            self._line(Text.assemble(rest if row else first, line))

    def verbatim(self, text: str, *, indent: str, style: str = "") -> None:
        """Write every line as it is, however long: code and output are copied more often than read."""
        for line in text.split("\n"):
            self._line(Text(f"{indent}{self.spell(line)}".rstrip(), style=style))

    def underlined(self, text: Text, *, indent: str = "") -> None:
        """Write a heading that is one without colour, too."""
        self.paragraph(text, first=indent)
        length = min(text.cell_len, self.width - len(indent))
        self._line(Text(indent + ("-" if self.ascii else "─") * length, style="dim"))

    def rows(self, lines: Sequence[Text]) -> int:
        """How many rows of the terminal lines take."""
        return sum(max(1, -(-line.cell_len // max(1, self._console.width))) for line in lines)

    def draft(self, write: Callable[[Page], object]) -> list[Text]:
        """Return the lines that `write` writes, and show none of them."""
        page = Page(self._console, ascii=self.ascii)
        page._drafted = []
        write(page)
        return page._drafted

    def put(self, lines: Iterable[Text]) -> None:
        """Write lines that were drafted."""
        for line in lines:
            self._line(line)

    def _line(self, line: Text) -> None:
        lines = [Text(), line] if self._blank_due else [line]
        self._written, self._blank_due = True, False
        if self._drafted is not None:
            self._drafted += lines
            return
        for each in lines:
            each.plain = each.plain.replace(_GLUE, " ")
            self._console.print(each, soft_wrap=True)
