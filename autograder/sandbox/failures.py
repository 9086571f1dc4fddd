"""How asking a program can fail: each is an answer about the program, never a fault of the judge."""

from __future__ import annotations

import re

from autograder.language import tr
from autograder.sandbox import refusals
from autograder.sandbox.wire import Line, Reason


class ProgramFailure(Exception):
    """The program gave no usable answer. `str()` is one plain sentence for the student.

    `trusted`: it is one of the course's, such as the reference, and no submission.
    """

    trusted = False

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""

    @property
    def file_line(self) -> int:
        """The line of the program's file that it is about; 0 where none is known, or where it is a notebook's."""
        return 0


class ProgramError(ProgramFailure):
    """The program raised an exception.

    `type` is its class name, `bases` the built-in exceptions it derives from (nearest first), `lines` the program's own
    lines on the way, innermost last, and `places` where these are, in words; `column` is set for syntax errors.
    `lent`: a function of the check's raised it, which the program was given, and it came out of the program.
    """

    lent = False

    def __init__(
        self,
        type: str,
        message: str,
        bases: list[str],
        lines: list[Line],
        column: int = 0,
        places: list[str] | None = None,
    ) -> None:
        message = refusals.text(message)
        super().__init__(message)
        self.type, self.message, self.bases, self.lines, self.column = type, message, bases, lines, column
        self.places = places or [f"line {line.number}" for line in lines]

    def __str__(self) -> str:
        if self.lent:
            what = f"{self.type}: {self.message}" if self.message else f"{self.type}."
            return tr("The function that it was given raised {what}", what=what)
        raised = {"type": self.type, "message": self.message}
        return tr("It raised {type}: {message}", **raised) if self.message else tr("It raised {type}.", **raised)

    @property
    def file_line(self) -> int:
        return self.lines[-1].number if self.lines and in_file(self.places[-1]) else 0


#: Built-in exceptions that a program's is, too: so a check catches it as one catches one's own, and `list(v)`, which
#: looks for a length first, works as it does there.
_BUILT_IN = (
    TypeError, ValueError, KeyError, IndexError, LookupError, ZeroDivisionError, OverflowError, ArithmeticError,
    AttributeError, NameError, NotImplementedError, RecursionError, RuntimeError, EOFError,
)  # fmt: skip
_KINDS = {kind.__name__: type(f"Program{kind.__name__}", (ProgramError, kind), {}) for kind in _BUILT_IN}


def program_error(
    type: str, message: str, bases: list[str], lines: list[Line], column: int = 0, places: list[str] | None = None
) -> ProgramError:
    """A ProgramError that is also the built-in exception that was raised, or from which that derives."""
    kind = next((_KINDS[name] for name in (type, *bases) if name in _KINDS), ProgramError)
    error = kind(type, message, bases, lines, column, places)
    assert isinstance(error, ProgramError)
    return error


class ProgramMissing(ProgramFailure, AttributeError):
    """The program has no function, class, parameter or buffer of that name; `found` lists the names that it has.

    `module` is the type of the module that lacks a parameter, or a `buffer`; empty where it is neither.
    """

    def __init__(self, name: str, found: list[str], module: str = "", *, buffer: bool = False) -> None:
        lacks, buffer = tr("It has no {name}.", name=name), buffer and bool(module)
        if buffer:
            lacks = tr("{module} has no buffer {name}.", module=module, name=name)
        elif module:
            lacks = tr("{module} has no parameter {name}.", module=module, name=name)
        super().__init__(lacks)
        self.name, self.found, self.module, self.buffer = name, found, module, buffer


class ProgramTimeout(ProgramFailure):
    """No answer in time; `line` is where in the program's own file it was, if that could be seen.

    `again`: it was stopped early, for calls before it had hung at that line. `whole`: these are the seconds of all of
    the file's calls, which came to their end in this one.
    """

    def __init__(
        self, seconds: float, line: int | None, place: str = "", *, again: bool = False, whole: bool = False
    ) -> None:
        at = in_words(place or f"line {line}")
        where = tr("It was at {place} again, where earlier calls had run out of time.", place=at) if again else ""
        said = tr("It took longer than {seconds:.2g} s and was stopped.", seconds=seconds)
        if whole:
            said = tr("It was stopped: the {seconds:g} s for the whole file are used up.", seconds=seconds)
        super().__init__(said + (f" {where}" if where else _where(line, place)))
        self.seconds, self.line, self.place, self.again, self.whole = seconds, line, place, again, whole

    @property
    def file_line(self) -> int:
        return self.line or 0 if in_file(self.place) else 0

    def placed(self, place: str) -> ProgramTimeout:
        """The same, with its line told in words."""
        return ProgramTimeout(self.seconds, self.line, place, again=self.again, whole=self.whole)


class ProgramCrashed(ProgramFailure):
    """The program's process ended before it answered; `line` as for ProgramTimeout."""

    def __init__(self, reason: str, line: int | None = None, place: str = "") -> None:
        super().__init__(f"{reason}{_where(line, place)}")
        self.reason, self.line, self.place = reason, line, place

    @property
    def file_line(self) -> int:
        return self.line or 0 if in_file(self.place) else 0

    def placed(self, place: str) -> ProgramCrashed:
        """The same, with its line told in words."""
        return ProgramCrashed(self.reason, self.line, place)


class ProgramRefused(ProgramFailure):
    """The answer can't cross the wall: too large, nested too deep, or not in the wire's format.

    `reason` is why, where the program's own process told it.
    """

    def __init__(self, sentence: str, reason: Reason | None = None) -> None:
        super().__init__(sentence)
        self.reason = reason


def lost() -> ProgramFailure:
    """What is raised for an object of a worker that has ended."""
    return ProgramFailure(tr("Not asked: the object was lost when the program stopped in an earlier call."))


def broken_format() -> ProgramRefused:
    """What is raised for an answer that doesn't fit the wire's format.

    How it doesn't is the cause, and told to no student: no honest mistake makes such an answer.
    """
    return ProgramRefused(tr("Its answer broke the format in which answers come, so none of it was read."))


def refused(reason: Reason, values: dict[str, int | str]) -> ProgramRefused:
    """What is raised for an answer that the program's process couldn't send."""
    try:
        clause = refusals.clause(reason, values)
    except KeyError:
        return broken_format()
    return ProgramRefused(tr("Its answer {clause}.", clause=clause), reason)


class ForeignObject(ProgramFailure):
    """The question is about an object of another program, which never leaves it: this program can't be asked it."""

    def __init__(self) -> None:
        super().__init__(tr("Not asked: the question is about an object that another program keeps."))


class OutOfTime(ProgramFailure):
    """The time for the whole submission is used up; nothing more is asked."""


def in_words(place: str) -> str:
    """Return a place (`line 7`, `lines 7–9`, `code cell 3, line 2`, `step.py, line 4`) in the language spoken."""
    found = re.fullmatch(r"(?:code cell (\d+), |(.+\.py), )?lines? (\d+)(?:–(\d+))?", place)
    if found is None:
        return place
    cell, file, first, last = found.groups()
    lines = tr("lines {first}–{last}", first=first, last=last) if last else tr("line {line}", line=first)
    if file:
        return tr("{file}, {lines}", file=file, lines=lines)
    return tr("code cell {cell}, {lines}", cell=cell, lines=lines) if cell else lines


def in_file(place: str) -> bool:
    """Whether a place in words is a line of the file itself, not of a notebook's cell."""
    return not place or place.startswith("line ")


def _where(line: int | None, place: str) -> str:
    return " " + tr("It was at {place} of your file.", place=in_words(place or f"line {line}")) if line else ""
