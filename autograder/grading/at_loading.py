"""What is said of how a file was loaded: what its top level raised, a library that isn't here.

Sentences for the student, who reads them beside the answers or in their place.
"""

from __future__ import annotations

from collections.abc import Iterable

from autograder.course import Exercise
from autograder.grading import syntax_causes
from autograder.language import series, tr
from autograder.sandbox.cells import at_start
from autograder.sandbox.failures import ProgramError, in_words


def libraries(exercise: Exercise) -> str:
    """The libraries that an exercise allows, as part of a sentence: `numpy and torch`."""
    return series(list(dict.fromkeys(["numpy", *exercise.needs])))


def remarks(raised: Iterable[ProgramError], exercise: Exercise, source: str) -> list[str]:
    """A sentence for each thing that the top level raised beside what was asked for, which was graded all the same."""
    return [_remark(each, exercise, source) for each in raised if each.type != "SystemExit"]


def cause(raised: ProgramError, exercise: Exercise, source: str) -> str:
    """A sentence on why something was raised, where that is known; else nothing. `source` is the program's text."""
    if raised.type == "ModuleNotFoundError":
        return tr("This exercise allows {libraries} beside Python's own modules.", libraries=libraries(exercise))
    if raised.type == "EOFError":
        return tr("Nobody can type while it is graded: what a function needs comes as its arguments.")
    return syntax_causes.cause(raised, source) if raised.column else ""


def _remark(raised: ProgramError, exercise: Exercise, source: str) -> str:
    where = in_words(raised.places[0]) if raised.places else tr("the top level")
    what = f"{raised.type}: {raised.message}" if raised.message.strip() else raised.type
    said = tr("{where} raised {what}.", where=at_start(where), what=what.rstrip("."))
    return " ".join(f"{said} {cause(raised, exercise, source)}".split())
