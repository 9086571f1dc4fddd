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
from autograder.grading.tolerance import Tolerance
from autograder.language import later, tr
from autograder.sandbox.failures import ProgramError, ProgramFailure, ProgramMissing

#: What no author means to be raised, unless a line of the reference raises it.
_OF_SLIPS = frozenset({"TypeError", "AttributeError", "NameError", "ImportError", "OSError", "EOFError"})
_KEYWORD = re.compile(r"unexpected keyword argument '(\w+)'")


class Accident(Exception):
    """The reference raised what its author surely didn't mean; the text says what, and how to mend the check."""


class WaryAgree(Agree):
    """`agree` that raises Accident in the place of a verdict, where the reference is asked what it answers itself."""

    #: An absolute tolerance of 1 or more, and of as many times the largest number in an answer, was never meant.
    _too_wide = 100.0
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
            raise Accident(tr(TOO_WIDE))
        value = asked.outcome.value
        found = next(itertools.chain(objects(value), _waiting(value)), None)
        if itself and found is not None:
            raise Accident(of_object(found))
        if itself and disagreement(asked, expected) is not None:
            raise Accident(tr(TWICE))
        super()._judge(asked, expected, *how)


class StrictAgree(WaryAgree):
    """Nor is one that takes 0 in each answer of a check, of which one may be small by chance."""

    _too_wide = 2.0


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


#: Said of a tolerance such as 1e6, where 1e-6 was meant.
TOO_WIDE = later(
    "With this tolerance 0 counts as the right answer, and so does nearly any number: write a smaller one, such as"
    " rtol=1e-6."
)


def _takes_zero(tolerance: Tolerance, right: object, times: float) -> bool:
    """Say whether a tolerance takes any number that is small enough for the right one, which isn't 0."""
    largest = _largest(right)
    return largest > 0 and ((tolerance.relative or 0) >= 1 or (tolerance.absolute or 0) >= max(1, times * largest))


def _largest(value: object) -> float:
    """Return the largest number in a value, without its sign; 0 where there is none."""
    arrays = [np.asarray(leaf) for leaf in leaves(value) if isinstance(leaf, np.ndarray | float | int | complex)]
    return max((float(np.abs(each).max()) for each in arrays if each.size and each.dtype.kind in "fciu"), default=0)


def takes_zero(agree: Agree) -> bool:
    """Say whether a check that the reference passed would pass a program that answers 0 to all of its questions."""
    asked = [each for each in agree.asked if _largest(each.outcome.value) > 0]
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
    return tr(
        "{what}, and so does many a wrong program, which then passes.{near}{meant}", what=what, near=near, meant=meant
    )
