"""The smallest input on which a submission goes wrong, where a check's author gave a way to draw small ones.

It is looked for after the verdict and changes nothing of it. Hypothesis is imported only then.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from autograder.grading.asking import Asked, ask_program, disagreement
from autograder.machine import crowding
from autograder.sandbox.failures import ProgramError
from autograder.sandbox.program import Program

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

#: Given `hypothesis.strategies`, a strategy of argument tuples.
Smaller = Callable[[Any], "SearchStrategy[tuple[Any, ...]]"]

_TRIES = 200
#: More on a busy machine.
_SECONDS = 1.0


def smallest(
    smaller: Smaller, ask_with: Callable[[tuple[Any, ...]], Asked], submission: Program, reference: Program
) -> tuple[Any, ...] | None:
    """The simplest arguments found on which the two differ, or None. `ask_with` makes the question from arguments.

    Whatever takes longer than a second, more on a busy machine, is given up. What `submission` is asked next, it is
    asked from the start.
    """
    from hypothesis import HealthCheck, Verbosity, find, settings, strategies
    from hypothesis.configuration import set_hypothesis_home_dir
    from hypothesis.errors import HypothesisException

    set_hypothesis_home_dir(os.devnull)  # else it leaves a folder of its own where the student works
    quick = settings(
        max_examples=_TRIES, database=None, deadline=None, verbosity=Verbosity.quiet,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    differ = _Differ(ask_with, submission, reference)
    try:
        return find(smaller(strategies), differ, settings=quick, random=random.Random(0))
    except HypothesisException:  # none was found; or it was found once and not again
        return None
    finally:
        submission.close()


class _Differ:
    """Whether two programs differ on some arguments; remembers, so that a search out of time ends consistently."""

    def __init__(self, ask_with: Callable[[tuple[Any, ...]], Asked], submission: Program, reference: Program) -> None:
        self._ask_with, self._submission, self._reference = ask_with, submission, reference
        self._known: dict[str, bool] = {}
        self._end = time.monotonic() + _SECONDS * crowding()

    def __call__(self, arguments: tuple[Any, ...]) -> bool:
        key = repr(arguments)
        if key not in self._known and time.monotonic() < self._end:
            self._known[key] = self._differ(arguments)
        return self._known.get(key, False)

    def _differ(self, arguments: tuple[Any, ...]) -> bool:
        asked = self._ask_with(arguments)
        expected = ask_program(asked.ask, self._reference)
        if expected.failure is not None and not isinstance(expected.failure, ProgramError):
            return False
        outcome = ask_program(asked.ask, self._submission)
        if outcome.failure is not None and not isinstance(outcome.failure, ProgramError):
            return False
        return disagreement(replace(asked, outcome=outcome), expected) is not None
