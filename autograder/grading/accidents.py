"""Finding the questions that the reference refuses by accident: a misspelt keyword, an argument of a wrong type.

Two programs that both raise TypeError agree, so such a check gives its points to whoever raises it too. A refusal that
an author means is a `raise` of the reference's, or an error of a value's: ValueError, IndexError, ZeroDivisionError.
"""

from __future__ import annotations

import inspect
import re

from autograder.course.problems import nearest
from autograder.grading.agree import Agree
from autograder.grading.asking import Ask, Outcome
from autograder.sandbox.failures import ProgramError, ProgramFailure

#: What no author means to be raised, unless a line of the reference raises it.
_OF_SLIPS = frozenset({"TypeError", "AttributeError", "NameError", "ImportError", "OSError", "EOFError"})
_KEYWORD = re.compile(r"unexpected keyword argument '(\w+)'")


class Accident(Exception):
    """The reference raised what its author surely didn't mean; the text says what, and how to mend the check."""


class WaryAgree(Agree):
    """`agree` that raises Accident in the place of a verdict."""

    def _right(self, ask: Ask) -> Outcome:
        outcome = super()._right(ask)
        if isinstance(outcome.failure, ProgramError) and is_accident(outcome.failure):
            raise Accident(_sentence(outcome.failure))
        return outcome


def is_accident(failure: ProgramFailure) -> bool:
    """Say whether nobody meant this refusal. Without a line of the program's the call didn't fit its parameters."""
    if not isinstance(failure, ProgramError) or _OF_SLIPS.isdisjoint((failure.type, *failure.bases)):
        return False
    return not failure.lines or not failure.lines[-1].text.strip().startswith("raise")


def _sentence(failure: ProgramError) -> str:
    raised = f"{failure.type}: {failure.message}"
    what = f"The reference refuses this question by accident ({raised})"
    if failure.lines:
        what = f"The reference has a slip at `{failure.lines[-1].text.strip()}` ({raised}): it answers this question so"
    keyword = _KEYWORD.search(failure.message)
    own = inspect.signature(Agree.__call__).parameters.values()
    near = nearest(keyword[1], [each.name for each in own if each.kind is each.KEYWORD_ONLY]) if keyword else ""
    meant = "" if near else f" If that is what you ask for, write agree.raises({failure.type}, …)."
    return f"{what}, and so does many a wrong program, which then passes.{near}{meant}"
