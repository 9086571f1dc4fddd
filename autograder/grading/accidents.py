"""Finding the questions that the reference refuses by accident: a misspelt keyword, an argument of a wrong type.

Two programs that both raise TypeError agree, so such a check gives its points to whoever raises it too. A refusal that
an author means is a `raise` of the reference's, or an error of a value's: ValueError, IndexError, ZeroDivisionError.
"""

from __future__ import annotations

import inspect
import itertools
import re
from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.course.problems import nearest
from autograder.grading.agree import Agree, of_object
from autograder.grading.asking import Ask, Asked, Outcome, disagreement, leaves, objects
from autograder.grading.compare import alike
from autograder.grading.tolerance import STANDARD, Tolerance
from autograder.language import later, tr
from autograder.sandbox.failures import ProgramError, ProgramFailure, ProgramMissing

#: What no author means to be raised, unless a line of the reference raises it.
_OF_SLIPS = frozenset({"TypeError", "AttributeError", "NameError", "ImportError", "OSError", "EOFError"})
_KEYWORD = re.compile(r"unexpected keyword argument '(\w+)'")
_OF_FILES = ("FileNotFoundError", "PermissionError")


class Accident(Exception):
    """The reference raised what its author surely didn't mean; the text says what, and how to mend the check."""


#: Said of a tolerance such as 1e6, where 1e-6 was meant.
TOO_WIDE = later(
    "With this tolerance 0 counts as the right answer, and so does nearly any number: write a smaller one, such as"
    " rtol=1e-6."
)
#: Said of one that may be meant: of a drift, say, of which anything below 1 is right.
ALL_WIDE = later(
    "With such a tolerance 0 counts as the right answer to all that this check compares: write a smaller one, unless"
    " that is meant."
)


class WaryAgree(Agree):
    """`agree` that raises Accident in the place of a verdict, where the reference is asked what it answers itself."""

    #: How many times wider than takes 0 for right a tolerance was never meant. An answer may be small by chance.
    _too_wide = 100
    _said_of_wide = TOO_WIDE
    _of_itself = False

    def _put(self, ask: Ask, *how: Any, **more: Any) -> Asked:
        asked = super()._put(ask, *how, **more)
        missing = asked.outcome.failure
        if isinstance(missing, ProgramMissing) and not missing.module:
            name = missing.name or ""
            raise Accident(
                tr("The reference has no {name!r}.{nearest}", name=name, nearest=nearest(name, missing.found))
            )
        return asked

    def _right(self, ask: Ask) -> Outcome:
        outcome = super()._right(ask)
        self._of_itself = True
        if isinstance(outcome.failure, ProgramError) and is_accident(outcome.failure):
            raise Accident(_sentence(outcome.failure))
        return outcome

    def _judge(self, asked: Asked, expected: Outcome, *how: Any) -> None:
        itself, self._of_itself = self._of_itself, False
        if _takes_zero(asked.tolerance, expected.value, self._too_wide):
            raise Accident(tr(self._said_of_wide))
        value = asked.outcome.value
        found = next(itertools.chain(objects(value), _waiting(value)), None)
        if itself and found is not None:
            raise Accident(of_object(found))
        if itself and disagreement(asked, expected) is not None:
            raise Accident(tr(TWICE))
        super()._judge(asked, expected, *how)


class StrictAgree(WaryAgree):
    """It stops at each tolerance that takes 0, too; where all of a check do, that is a doubt and no fault."""

    _too_wide = 1
    _said_of_wide = ALL_WIDE


def is_accident(failure: ProgramFailure) -> bool:
    """Say whether nobody meant this refusal. Without a line of the program's the call didn't fit its parameters."""
    if not isinstance(failure, ProgramError) or _OF_SLIPS.isdisjoint((failure.type, *failure.bases)):
        return False
    return not failure.lines or not failure.lines[-1].text.strip().startswith("raise")


#: Said of a check whose first question isn't the same where it is run again.
OTHERWISE = later(
    "The check {check!r} asks something else each time it is run: draw its random numbers with the fixture rng, so that"
    " a file is graded alike again."
)


#: Said of a question to which the reference has two answers.
TWICE = later(
    "The reference answers this question otherwise when asked again: draw random numbers before `agree(…)`, not in its"
    " lambda, and let the reference keep nothing from one question to the next."
)


def _takes_zero(tolerance: Tolerance, right: object, times: float) -> bool:
    """Say whether so many times less of a tolerance of 1 or more would take 0 for the right answer, which isn't 0.

    What is 0 but for rounding is 0; whole numbers are never compared by a tolerance.
    """
    relative, absolute = (None if size is None else float(size) for size in (tolerance.relative, tolerance.absolute))
    if max(relative or 0, absolute or 0) < times:
        return False
    less = Tolerance(relative and relative / times, absolute and absolute / times)
    return _is_zero(right, less) and not _is_zero(right, STANDARD)


def _is_zero(value: object, tolerance: Tolerance) -> bool:
    """Say whether all numbers in a value count as 0; no number in it is one that does."""
    numbers = [np.asarray(leaf) for leaf in leaves(value) if isinstance(leaf, np.ndarray | float | int | complex)]
    return all(alike(np.zeros_like(each), each, tolerance) for each in numbers if each.dtype.kind in "fciu")


def takes_zero(agree: Agree) -> bool:
    """Say whether a check that the reference passed would pass a program that answers 0 to all of its questions."""
    asked = [each for each in agree.asked if not _is_zero(each.outcome.value, STANDARD)]
    return bool(asked) and all(_takes_zero(each.tolerance, each.outcome.value, StrictAgree._too_wide) for each in asked)


def _waiting(value: object) -> Iterator[object]:
    """Yield the coroutines and async generators of the check's own in a value: nobody has run them."""
    return (each for each in leaves(value) if inspect.iscoroutine(each) or inspect.isasyncgen(each))


def begin_alike(one: Agree, other: Agree) -> bool:
    """Say whether two runs of a check begin with the same call; what follows may depend on a program's answers."""
    first, second = (
        next((call for asked in agree.asked for call in asked.outcome.remarks.calls), None) for agree in (one, other)
    )
    if first is None or second is None:
        return first is second
    given = [list(leaves([call.name, *call.arguments, call.keywords])) for call in (first, second)]
    return len(given[0]) == len(given[1]) and all(map(_is_same, *given))


def _is_same(one: object, other: object) -> bool:
    """Whether two plain arguments are equal; of functions and objects that can't be told."""
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return one.shape == other.shape and np.array_equal(one, other, equal_nan=one.dtype.kind in "fc")
    if isinstance(one, str | int | float) and isinstance(other, str | int | float):
        return one == other or (one != one and other != other)
    return type(one) is type(other)


def _sentence(failure: ProgramError) -> str:
    raised = f"{failure.type}: {failure.message}"
    what = tr("The reference refuses this question by accident ({raised})", raised=raised)
    if failure.lent:
        what = tr("A function that this check passes raises {raised}", raised=raised)
    elif failure.lines:
        what = tr(
            "The reference has a slip at `{failure}` ({raised}): it answers this question so",
            failure=failure.lines[-1].text.strip(),
            raised=raised,
        )
    keyword = _KEYWORD.search(failure.message)
    own = inspect.signature(Agree.__call__).parameters.values()
    near = nearest(keyword[1], [each.name for each in own if each.kind is each.KEYWORD_ONLY]) if keyword else ""
    meant = "" if near else " " + tr("If that is what you ask for, write agree.raises({type}, …).", type=failure.type)
    if failure.type in _OF_FILES or "Read-only file system" in failure.message:
        near = " " + tr(
            "A program reads and writes only in the folder that agree(…, files={{name: text}}) gives it; files={{}}"
            " gives an empty one."
        )
    return tr(
        "{what}, and so does many a wrong program, which then passes.{near}{meant}", what=what, near=near, meant=meant
    )
