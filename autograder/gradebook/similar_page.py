"""Pairs of programs side by side, with what they share marked. It must not know how the pairs were found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from autograder.feedback import html
from autograder.feedback.sanitize import visible
from autograder.gradebook.similarity import Pair, Program, Span


def render(found: Sequence[tuple[str, str, Sequence[Pair]]], names: Mapping[str, str]) -> str:
    """Return the page of (task, its title, its pairs)."""
    return html.environment().get_template("similar.html").render(found=found, names=names, parts=_parts)


def _parts(program: Program, spans: Iterable[Span]) -> Iterator[tuple[str, bool]]:
    """Yield the text of a program in parts, each with whether it is shared."""
    place = 0
    for start, end in spans:
        start = max(start, place)
        if end > start:
            yield _shown(program.text[place:start]), False
            yield _shown(program.text[start:end]), True
            place = end
    yield _shown(program.text[place:]), False


def _shown(part: str) -> str:
    """Return a part of a program made visible, line by line: its blanks must stay where they are."""
    return "\n".join(visible(line) if line.strip() else line.expandtabs(4) for line in part.split("\n"))
