"""Turns YAML text into plain data, event by event (never recursively), with the line of every key and item.

Scalars are read by the rules of YAML 1.2: `no` is a word, `8e-4` is a number and `12:30` is no number of minutes. It
must not know where the text is kept, nor what it means.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import msgspec
import yaml

from autograder.course import merge_conflict
from autograder.course.problems import Problem
from autograder.course.source import Location, Plain, Scalar, Source, control_character
from autograder.language import later, tr

#: No authored file needs deeper nesting than this.
DEEPEST = 40

_INTEGER = re.compile("[-+]?[0-9]{1,300}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
#: What stands behind a decimal comma: `5`, `5 %` or `5h`.
_DECIMALS = re.compile(r"[0-9]+ ?(?:%|[a-z]*)")
_WORDS: Mapping[str, Scalar] = (
    dict.fromkeys(("", "~", "null", "Null", "NULL"))
    | dict.fromkeys(("true", "True", "TRUE"), True)
    | dict.fromkeys(("false", "False", "FALSE"), False)
    | {sign + word: math.inf for sign in ("", "+") for word in (".inf", ".Inf", ".INF")}
    | dict.fromkeys(("-.inf", "-.Inf", "-.INF"), -math.inf)
    | dict.fromkeys((".nan", ".NaN", ".NAN"), math.nan)
)


def parse(text: str, path: Path) -> Source:
    """Return what YAML text that came from `path` holds. Never raises."""
    builder = _Builder(path)
    try:
        for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            builder.take(event)
    except _Unreadable:
        return Source(path, problems=tuple(builder.problems), broken=True)
    except yaml.MarkedYAMLError as error:
        if problem := merge_conflict.problem(path, text):
            return Source(path, problems=(problem,), broken=True)
        mark, sentence = _syntax(error, text)
        line = min(mark.line, text.rstrip("\n").count("\n")) + 1 if mark else 1  # the end is told as the last line
        builder.report(line, sentence)
        return Source(path, problems=tuple(builder.problems), broken=True)
    except (yaml.YAMLError, UnicodeError):
        builder.report(1, tr("This is not text that YAML accepts: it holds an unusual character."))
        return Source(path, problems=tuple(builder.problems), broken=True)
    return Source(path, builder.root, MappingProxyType(builder.lines), tuple(builder.problems))


class _Unreadable(Exception):
    """Going on would say nothing more about the file."""


class _Open(msgspec.Struct):
    """A list or mapping whose end has not been seen; `key` is the mapping's key that waits for its value.

    `number` is the whole number that stands before that key in a mapping `in_braces`; empty if there is none.
    """

    value: list[Plain] | dict[str, Plain]
    location: Location
    key: str | None = None
    refused: bool = False
    in_braces: bool = False
    number: str = ""


class _Builder:
    """Turns YAML events into plain data, lines and problems."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.root: Plain = None
        self.lines: dict[Location, int] = {(): 1}
        self.problems: list[Problem] = []
        self._open: list[_Open] = []
        self._documents = 0

    def report(self, line: int, sentence: str) -> None:
        self.problems.append(Problem(self.path, line, sentence))

    def take(self, event: yaml.Event) -> None:
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.ScalarEvent):  # nearly all of them are
            self._check_tag(event, line)
            self._scalar(event, line)
        elif isinstance(event, (yaml.SequenceStartEvent, yaml.MappingStartEvent)):
            self._check_tag(event, line)
            self._descend([] if isinstance(event, yaml.SequenceStartEvent) else {}, line, bool(event.flow_style))
        elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
            self._open.pop()
        elif isinstance(event, yaml.AliasEvent):
            self.report(
                line, tr("'*{anchor}' repeats an earlier value; write the value out instead.", anchor=event.anchor)
            )
            self._place(None, line)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._give_up(line, tr("A second document starts here; a file holds one, so delete the '---'."))

    def _give_up(self, line: int, sentence: str) -> None:
        self.report(line, sentence)
        raise _Unreadable

    def _check_tag(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, line: int) -> None:
        if event.tag is not None:
            self.report(line, tr("The tag {tag!r} isn't accepted; delete it, or quote the text.", tag=event.tag))

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        if self._awaits_key():
            self._key(event.value, line)
            return
        self._look_for_comma(event, line)
        control = control_character(event.value)
        if control:
            what = {"control": control, "cure": _cure(event.style)}
            self.report(line, tr("This text holds a control character ({control}); {cure}.", **what))
        elif event.style == '"' and "\n" in event.value:
            self.report(
                line, tr("This double-quoted text holds a line break; use single quotes, or | for several lines.")
            )
        self._place(event.value if event.style or event.tag else _resolve(event.value), line)

    def _look_for_comma(self, event: yaml.ScalarEvent, line: int) -> None:
        """Tell of `1,5` in braces, which YAML takes for 1 and a key 5 of which nothing is said."""
        here = self._open[-1] if self._open else None
        if here is None or here.key is None or not here.in_braces:
            return
        if here.number and not event.value and not event.style and _DECIMALS.fullmatch(here.key):
            if here.refused:
                self.problems.pop()
            what = {"number": here.number, "decimals": here.key}
            self.report(
                line, tr("In braces a comma ends the value {number}; write {number}.{decimals}, with a point.", **what)
            )
        here.number = event.value if not event.style and _INTEGER.fullmatch(event.value) else ""

    def _awaits_key(self) -> bool:
        return bool(self._open) and isinstance(self._open[-1].value, dict) and self._open[-1].key is None

    def _key(self, key: str, line: int) -> None:
        here = self._open[-1]
        here.key, here.refused = key, key in here.value
        if here.refused:
            first = self.lines[(*here.location, key)]
            said = tr(
                "The key {key!r} stands here a second time (first on line {first}); keep one of them.",
                key=key,
                first=first,
            )
            self.report(line, said)
        else:
            self.lines[(*here.location, key)] = line

    def _place(self, value: Plain, line: int) -> Location:
        """Put `value` where it belongs, and return where that is. The value of a refused key is read and dropped."""
        if not self._open:
            self.root, self.lines[()] = value, line
            return ()
        here = self._open[-1]
        if isinstance(here.value, list):
            here.value.append(value)
            location: Location = (*here.location, len(here.value) - 1)
            self.lines[location] = line
            return location
        if here.key is None:
            self._give_up(line, tr("A key must be one word, not a list or a mapping."))
        key, here.key = str(here.key), None
        if here.refused:
            return (*here.location, key, tr("a second time"))
        here.value[key] = value
        return (*here.location, key)

    def _descend(self, value: list[Plain] | dict[str, Plain], line: int, in_braces: bool) -> None:
        if len(self._open) >= DEEPEST:
            self._give_up(
                line, tr("This is nested more than {deepest} levels deep; write it flatter.", deepest=DEEPEST)
            )
        self._open.append(_Open(value, self._place(value, line), in_braces=in_braces))


def _resolve(text: str) -> Scalar:
    """Return what an unquoted scalar means."""
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


def _cure(style: str | None) -> str:
    if style == '"':
        return tr("in double quotes a backslash starts an escape, as in \\alpha or \\tau: use single quotes, or |")
    return tr("write spaces (for text with a backslash use single quotes)")


def _at(text: str, mark: yaml.Mark | None) -> str:
    """Return the character at which reading has stopped; empty at the end."""
    return _line_of(text, mark)[mark.column : mark.column + 1] if mark else ""


def _line_of(text: str, mark: yaml.Mark | None) -> str:
    """Return the line at which reading has stopped; empty at the end."""
    lines = text.split("\n")
    return lines[mark.line] if mark and mark.line < len(lines) else ""


#: A key and what follows it at once, which YAML takes for one text.
_TIGHT = re.compile(r"\s*(?:- )?([\w-]+):([^\s:/][^\r\n]*)")


#: What the parser was at, or what it met, in its words and in ours; and whether that is told where it began.
_NOT_YAML = (
    ("simple key", later("a key stands here without its colon"), True),
    ("quoted scalar", later("a quotation mark opens here, and none closes it"), True),
    ("flow sequence", later("a bracket opens here, and either it isn't closed or a comma is missing"), True),
    ("flow mapping", later("a brace opens here, and either it isn't closed or a comma is missing"), True),
    ("mapping values are not allowed", later("a colon stands here where no key can end"), False),
    ("sequence entries are not allowed", later("an item of a list stands here where none can begin"), False),
    ("block mapping", later("this fits none of the keys above"), False),
    ("block collection", later("this fits none of the items above"), False),
    ("node content", later("a value should stand here"), False),
)


def _syntax(error: yaml.MarkedYAMLError, text: str) -> tuple[yaml.Mark | None, str]:
    """Return where a text stops being YAML, and a sentence on that."""
    mark, began = error.problem_mark or error.context_mark, error.context_mark or error.problem_mark
    problem, context = error.problem or "", error.context or ""
    if _at(text, mark) == "\t":
        return mark, tr("A tab stands here, and YAML is indented by spaces alone; write spaces.")
    if "cannot start any token" in problem or context.endswith((" anchor", " alias")):
        character = _at(text, began if context.endswith((" anchor", " alias")) else mark)
        return mark, tr("Text without quotes can't begin with {character!r}; put it in quotes.", character=character)
    if "escape" in problem or "hexdecimal" in problem:
        return mark, tr("In double quotes a backslash starts an escape, and this one isn't any; use single quotes.")
    if "simple key" in context and (tight := _TIGHT.match(_line_of(text, began))):
        said = tr("A key's colon needs a blank behind it: write '{key}: {value}'.", key=tight[1], value=tight[2])
        return began, said
    found = next((each for each in _NOT_YAML if each[0] in f"{context}: {problem}"), None)
    _, said, from_its_beginning = found or ("", later("it can't be read from here on"), False)
    said = tr(
        "This is not YAML: {problem}. Look for a missing quote, colon or indentation here and above.", problem=tr(said)
    )
    return began if from_its_beginning else mark, said
