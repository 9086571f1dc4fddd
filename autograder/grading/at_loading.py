"""What is said of how a file was loaded: what its top level raised, a library that isn't here, a newer Python's syntax.

Sentences for the student, who reads them beside the answers or in their place.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable

from autograder.course import Exercise
from autograder.language import later, tr
from autograder.sandbox.cells import at_start
from autograder.sandbox.failures import ProgramError, in_words

#: Syntax by the Python that brought it: what this one says of it (a pattern), the line (another), and what it is.
_NEWER = (
    ((3, 12), r"f-string", r"", later("the same quotes, a backslash or a line break inside an f-string's braces")),
    ((3, 12), r"", r"^\s*type\s+\w+\s*(\[.*\])?\s*=", later("a `type` statement")),
    ((3, 12), r"", r"^\s*(async\s+)?(def|class)\s+\w+\s*\[", later("type parameters in brackets")),
    ((3, 13), r"", r"^\s*def\s+\w+\s*\[[^\]]*=", later("defaults of type parameters")),
    ((3, 14), r"", r"""(^|[^\w])t[rR]?["']""", later("a t-string")),
    ((3, 14), r"multiple exception types must be parenthesized", r"", later("several exceptions without parentheses")),
)


def libraries(exercise: Exercise) -> str:
    """The libraries that an exercise allows, as part of a sentence: `numpy and torch`."""
    names = list(dict.fromkeys(["numpy", *exercise.needs]))
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + tr(" and ") + names[-1]


def remarks(raised: Iterable[ProgramError], exercise: Exercise) -> list[str]:
    """A sentence for each thing that the top level raised beside what was asked for, which was graded all the same."""
    return [_remark(each, exercise) for each in raised if each.type != "SystemExit"]


def cause(raised: ProgramError, exercise: Exercise) -> str:
    """A sentence on why something was raised, where that is known; else nothing."""
    if raised.type == "ModuleNotFoundError":
        return tr("This exercise allows {libraries} beside Python's own modules.", libraries=libraries(exercise))
    if raised.type == "EOFError":
        return tr("Nobody can type while it is graded: what a function needs comes as its arguments.")
    return (_pasted(raised) or newer_syntax(raised)) if raised.column else ""


def _pasted(raised: ProgramError) -> str:
    """A sentence on a syntax error that copying from elsewhere brought in."""
    line = raised.lines[-1].text.lstrip() if raised.lines else ""
    if line.startswith((">>>", "... ", "In [")):
        return tr("The prompt of an interactive session was copied, too: leave it out, in every line.")
    if any(f"'{quote}'" in raised.message for quote in "“”„‘’«»"):
        return tr("These quotation marks are for print: in a program, write straight ones, \" or '.")
    return ""


def newer_syntax(raised: ProgramError) -> str:
    """A sentence on a syntax error that a newer Python than ours would perhaps not have found."""
    ours, line = sys.version_info[:2], raised.lines[-1].text if raised.lines else ""
    for since, said, written, what in _NEWER:
        if ours < since and re.search(said, raised.message) and re.search(written, line):
            versions = {"ours": _version(ours), "since": _version(since)}
            return tr(
                "Programs run on Python {ours} here, and {what} came with Python {since}.", what=tr(what), **versions
            )
    return ""


def _remark(raised: ProgramError, exercise: Exercise) -> str:
    where = in_words(raised.places[0]) if raised.places else tr("the top level")
    what = f"{raised.type}: {raised.message}" if raised.message.strip() else raised.type
    said = tr("{where} raised {what}.", where=at_start(where), what=what.rstrip("."))
    return " ".join(f"{said} {cause(raised, exercise)}".split())


def _version(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))
