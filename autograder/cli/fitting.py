"""Sentences of our own that fit the terminal's width, with each command to type in one piece."""

from __future__ import annotations

import re
import sys
from typing import TextIO

import click

#: A command in the middle of a sentence is quoted; one at its end stands after a colon.
_COMMAND = re.compile(r"`[^`]*`|(?<=: )gradecheck [^:]*$")


def fitted(sentence: str, stream: TextIO, before: str = "") -> list[str]:
    """Return a sentence as the lines to write to a stream: wrapped where that is a terminal, else one.

    What stands `before` it has its other lines below the sentence's beginning, however narrow the terminal.
    """
    if not stream.isatty():
        return [before + sentence]
    from shutil import get_terminal_size
    from textwrap import wrap

    width = max(20, len(before) + 12, get_terminal_size().columns)
    glued = _COMMAND.sub(lambda command: command[0].replace(" ", "\xa0"), sentence)
    lines = wrap(
        glued, width, initial_indent=before, subsequent_indent=" " * len(before), break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip
    return [line.replace("\xa0", " ") for line in lines or [before]]


def tell(sentence: str, *, err: bool = False) -> None:
    """Write a sentence so, to standard output or standard error."""
    for line in fitted(sentence, sys.stderr if err else sys.stdout):
        click.echo(line, err=err)
