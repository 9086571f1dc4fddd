"""A quiz as Markdown: what `quiz/presentation.py` says on a terminal, collected for a cell that sets it.

What is indented there is a quotation here, and a headline a heading. It must not know what is asked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from rich.text import Text

from autograder.course import CatalogueEntry, Quiz
from autograder.feedback.page import Page
from autograder.quiz.presentation import Presentation, as_typed

#: Markdown that can't follow words on their line.
_BLOCK = re.compile(r"```|~~~|\$\$|[-*+] |\d+[.)] |\||#|>|    ")


class MarkdownPresentation(Presentation):
    """Collects blocks; `taken` gives them."""

    def __init__(self, catalogue: Mapping[str, CatalogueEntry]) -> None:
        self._blocks = _Blocks()
        super().__init__(self._blocks, catalogue, plain=False)

    def markdown(self, text: str, *, first: str | Text = "", rest: str = "") -> None:
        self._blocks.add(text.strip(), first)

    def title(self, markdown: str, style: str = "") -> Text:
        return Text(markdown.strip(), style=style)

    def heading(self, quiz: Quiz) -> None:
        """The title, and what the author says before the first question."""
        self._blocks.underlined(self.title(quiz.title))
        self.markdown(quiz.intro or "")

    def taken(self) -> str:
        """Return what was said since this was last asked for."""
        return self._blocks.taken()


class _Blocks(Page):
    """A page without a console. A `Text` is Markdown here; a string is plain, and is escaped."""

    def __init__(self) -> None:
        self.ascii = self.plain = False
        self._blocks: list[str] = []

    def add(self, markdown: str, first: str | Text) -> None:
        if not markdown:
            return
        label = _bold(first) if isinstance(first, Text) else first
        quoted = label.startswith("   ") or (isinstance(first, Text) and not label.strip())
        label = label.strip()
        text = f"{label}\n\n{markdown}" if label and _BLOCK.match(markdown) else f"{label} {markdown}".strip()
        if quoted and self._blocks and self._blocks[-1].startswith("> "):
            text = f"{_unquoted(self._blocks.pop())}\n\n{text}"
        self._blocks.append(_quoted(text) if quoted else text)

    def paragraph(self, text: Text | str, *, first: str | Text = "", rest: str | None = None) -> None:
        self.add(_bold(text) if isinstance(text, Text) else as_typed(text), first)

    def underlined(self, text: Text, *, indent: str = "") -> None:
        self._blocks.append(f"#### {text.plain}")

    def spell(self, text: str) -> str:
        return text

    def blank(self) -> None:
        """Every block has a line of its own already."""

    def gap(self) -> None:
        """Nothing is typed here."""

    def taken(self) -> str:
        blocks, self._blocks = self._blocks, []
        return "\n\n".join(blocks)


def _quoted(text: str) -> str:
    return re.sub("^", "> ", text, flags=re.MULTILINE)


def _unquoted(text: str) -> str:
    return re.sub("^> ", "", text, flags=re.MULTILINE)


def _bold(text: Text) -> str:
    """Return a text with its bold parts as Markdown has them."""
    if "bold" in str(text.style).split() and "not" not in str(text.style).split():
        return f"**{text.plain}**"
    parts, last = [], 0
    for span in sorted(text.spans):
        words = text.plain[span.start : span.end]
        if str(span.style).startswith("bold") and words.strip() and span.start >= last:
            parts += [text.plain[last : span.start], f"**{words.strip()}**", " " * words.endswith(" ")]
            last = span.end
    return "".join([*parts, text.plain[last:]])
