"""A command's --help in the language that is spoken: its docstring, its options, and the names of what it takes.

It isn't imported in English. It must not know any command.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import copy
from inspect import cleandoc
from typing import TypeVar

import click

from autograder.language import lookup

Described = TypeVar("Described", bound=click.Command)
#: How click marks a paragraph whose lines stay as they are, such as examples to be typed.
_AS_IT_IS = "\b"
#: A word of what stands for a value.
_WORD = re.compile(r"[A-Z]{2,}")


def translated(command: Described) -> Described:
    """Return a command that does the same and is described in the language spoken."""
    other = copy(command)
    other.help = "\n\n".join(map(_paragraph, _paragraphs(command.help or "")))
    other.options_metavar = lookup(command.options_metavar or "")
    other.params = [_parameter(command, each) for each in command.params]
    if isinstance(other, click.Group):
        other.subcommand_metavar = lookup(other.subcommand_metavar)
    return other


def messages(command: click.Command) -> Iterator[str]:
    """Yield all that is looked up for a command."""
    for paragraph in _paragraphs(command.help or ""):
        yield from filter(None, [_heading(paragraph) if paragraph.startswith(_AS_IT_IS) else paragraph])
    if isinstance(command, click.Group):
        yield command.subcommand_metavar
    yield command.options_metavar or ""
    for each in command.params:
        yield from filter(None, (getattr(each, "help", None), *_WORD.findall(_metavar(command, each) or "")))
        if _is_number(each):
            yield each.type.name


def _paragraphs(text: str) -> list[str]:
    """The paragraphs of a docstring, each in one line unless its lines stay as they are."""
    parts = re.split(r"\n\s*\n", cleandoc(text)) if text.strip() else []
    return [part if part.startswith(_AS_IT_IS) else " ".join(part.split()) for part in parts]


def _paragraph(paragraph: str) -> str:
    if not paragraph.startswith(_AS_IT_IS):
        return lookup(paragraph)
    heading = _heading(paragraph)
    return paragraph.replace(heading, lookup(heading), 1) if heading else paragraph


def _heading(paragraph: str) -> str:
    """The line above the lines that stay as they are, if there is one."""
    first = paragraph.split("\n")[1]
    return "" if first.startswith(" ") else first


def _parameter(command: click.Command, parameter: click.Parameter) -> click.Parameter:
    other = copy(parameter)
    if metavar := _metavar(command, parameter):
        other.metavar = _WORD.sub(lambda word: lookup(word[0]), metavar)
    if isinstance(other, click.Option) and other.help:
        other.help = lookup(other.help)
    if _is_number(other):
        other.type = copy(other.type)
        other.type.name = lookup(other.type.name)
    return other


def _metavar(command: click.Command, parameter: click.Parameter) -> str | None:
    """What stands for a value: what its author wrote, or for an argument what click makes of its name."""
    if parameter.metavar is None and isinstance(parameter, click.Argument):
        return parameter.make_metavar(click.Context(command))
    return parameter.metavar


def _is_number(parameter: click.Parameter) -> bool:
    return isinstance(parameter.type, click.IntRange | click.FloatRange)
