"""Sentences of our own that fit the terminal's width, with each command to type in one piece."""

from __future__ import annotations

import re
import sys
from typing import TextIO

import click

#: A command in the middle of a sentence is quoted; one at its end stands after a colon.
_COMMAND = re.compile(r"`[^`]*`|(?<=: )gradecheck [^:]*$")


#: The room that a sentence must have beside what stands before it.
_NARROWEST = 12


def fitted(sentence: str, stream: TextIO, before: str = "") -> list[str]:
    """Return a sentence as the lines to write to a stream: wrapped where that is a terminal, else one.

    What stands `before` it has its other lines below the sentence's beginning; where the terminal is too narrow for
    that, the sentence has lines of its own.
    """
    if not stream.isatty():
        return [before + sentence]
    from shutil import get_terminal_size

    width = max(20, get_terminal_size().columns)
    if len(before) + _NARROWEST <= width or not before.strip():
        return _wrapped(sentence, width, before, " " * len(before)) or [before]
    columns = re.sub(r"(?<=\S) {2,}", "  ", before)
    return [*_wrapped(columns, width, "", "    "), *_wrapped(sentence, width, "    ", "    ")]


def _wrapped(sentence: str, width: int, first: str, others: str) -> list[str]:
    from textwrap import wrap

    glued = _COMMAND.sub(lambda command: command[0].replace(" ", "\xa0"), sentence)
    lines = wrap(
        glued, width, initial_indent=first, subsequent_indent=others, break_long_words=False, break_on_hyphens=False
    )
    return [line.replace("\xa0", " ") for line in lines]


def tell(sentence: str, *, err: bool = False) -> None:
    """Write a sentence so, to standard output or standard error."""
    for line in fitted(sentence, sys.stderr if err else sys.stdout):
        click.echo(line, err=err)
