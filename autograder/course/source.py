"""Reads one authored file, and remembers on which line every key and every item stands.

This is where hostile or broken text ends: whatever the bytes are, the outcome is plain data and a list of problems,
never an exception. It must not know what the files mean, nor what YAML is: `yaml_text` does, with PyYAML, which who is
shown what was kept needn't import.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

import msgspec

from autograder.course.problems import Problem, nearest, other_spelling
from autograder.language import tr

Scalar: TypeAlias = str | int | float | bool | None
Plain: TypeAlias = Scalar | list["Plain"] | dict[str, "Plain"]
Location: TypeAlias = tuple[str | int, ...]

#: No authored file needs more bytes than this.
LARGEST = 1 << 20

# C0 but tab, line feed and carriage return; DEL and C1; the line separators that "\Lambda" and "\Phi" turn into.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")
_CONTROL_OR_TAB = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")


class Source(msgspec.Struct, frozen=True):
    """What a YAML file holds: `data`, the line of every key and item, and the problems of the text itself.

    `broken` says that the text could not be read to its end; `data` is then None, whatever the author meant.
    """

    path: Path
    data: Plain = None
    lines: Mapping[Location, int] = MappingProxyType({})
    problems: tuple[Problem, ...] = ()
    broken: bool = False

    def line(self, location: Iterable[str | int]) -> int:
        """Return the line of `location`, or of the nearest key above it that the file has."""
        here: Location = ()
        for part in location:
            if (*here, part) in self.lines:
                here = (*here, part)
        return self.lines.get(here, 1)

    def problem(self, location: Iterable[str | int], sentence: str) -> Problem:
        """Return a problem at `location` of this file."""
        return Problem(self.path, self.line(location), sentence)


class _NotText(Exception):
    """A file isn't the text that it should be: a sentence says why, and `line` where."""

    def __init__(self, sentence: str, line: int = 1) -> None:
        super().__init__(sentence)
        self.line = line


def read_text(path: Path) -> tuple[str, list[Problem]]:
    """Return the text of an authored file, and what is wrong with it as text. With any problem, the text is empty."""
    try:
        return _text_of(path), []
    except _NotText as fault:
        return "", [Problem(path, fault.line, str(fault))]


def _text_of(path: Path) -> str:
    data = _bytes_of(path)
    if len(data) > LARGEST:
        said = tr("This file is larger than {largest} MiB; a course needs no such file.", largest=LARGEST >> 20)
        raise _NotText(said)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        said = tr("This is not UTF-8 text (byte {byte}); save the file as UTF-8.", byte=f"0x{data[error.start]:02x}")
        raise _NotText(said, data.count(b"\n", 0, error.start) + 1) from None
    if found := _CONTROL.search(text):
        said = tr("A control character ({describe}) stands here; delete it.", describe=_describe(found[0]))
        raise _NotText(said, text.count("\n", 0, found.start()) + 1)
    return text.replace("\r\n", "\n")


#: What pytest reads by its name is no other file that was misspelt.
_OF_PYTEST = ("conftest.py", "checks.py")


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except FileNotFoundError:
        files = [each.name for each in path.parent.glob("*") if each.name not in _OF_PYTEST and each != path]
        if other := other_spelling(path.name, files):
            said = tr("This file is missing; {other} is there: rename it to {name}.", other=other, name=path.name)
            raise _NotText(said) from None
        raise _NotText(tr("This file is missing; write it.{near}", near=nearest(path.name, files))) from None
    except OSError as error:
        raise _NotText(tr("This file can't be read: {reason}.", reason=error.strerror or error)) from None


def read_yaml(path: Path) -> Source:
    """Read a YAML file of a course, or a student's answers. Never raises."""
    text, problems = read_text(path)
    if problems:
        return Source(path, problems=tuple(problems), broken=True)
    return parse_yaml(text, path)


def parse_yaml(text: str, path: Path) -> Source:
    """Read YAML text that came from `path`. Never raises."""
    from autograder.course.yaml_text import parse  # PyYAML comes along

    return parse(text, path)


def control_character(text: str) -> str | None:
    """Return the name of the first character that no text may hold (tabs included), or None."""
    found = _CONTROL_OR_TAB.search(text)
    return _describe(found[0]) if found else None


def _describe(character: str) -> str:
    names = {
        "\t": tr("a tab"),
        "\r": tr("a carriage return"),
        "\b": tr("a backspace"),
        "\f": tr("a form feed"),
        "\a": tr("a bell"),
    }
    return names.get(character, f"U+{ord(character):04X}")
