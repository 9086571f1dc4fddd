"""Asking several programs the same question, and telling whether they answered alike.

A question ("ask") is a function of one program. Its outcome is a value or a failure, with what the call did besides.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from autograder.grading.compare import STANDARD, Tolerance, alike, describe, difference
from autograder.sandbox.failures import ProgramError, ProgramFailure, ProgramMissing
from autograder.sandbox.program import Program, ProgramProxy, Remarks

Ask = Callable[[ProgramProxy], Any]
__tracebackhide__ = True  # see `agree`


@dataclass(frozen=True)
class Outcome:
    """What came of one question: `failure` if it is not None, else `value`."""

    value: Any = None
    failure: ProgramFailure | None = None
    remarks: Remarks = field(default_factory=Remarks)
    printed: bool = False

    @property
    def repeatable(self) -> bool:
        """Whether the same question surely gets the same again: a hang can be the machine's."""
        return self.failure is None or isinstance(self.failure, ProgramError | ProgramMissing)


@dataclass(frozen=True)
class Asked:
    """A question that was put to the submission, how strictly its answer is compared, and what came of it.

    `name`: the function, where the question is one call of it.
    """

    ask: Ask
    outcome: Outcome
    tolerance: Tolerance = STANDARD
    keep_arguments: bool = False
    quiet: bool = False
    name: str = ""


def put(ask: Ask, program: Program) -> Outcome:
    """Ask one program. An exception of the ask's own (a check that misuses a value) is passed on."""
    program.remarks = remarks = Remarks()
    before = len(program.output)
    try:
        value = ask(ProgramProxy(program))
    except ProgramFailure as failure:
        return Outcome(None, failure, remarks, len(program.output) > before)
    return Outcome(value, None, remarks, len(program.output) > before)


def same(asked: Asked, other: Outcome) -> bool:
    """Whether another program answered exactly as the submission did; an exception counts with its text."""
    mine = asked.outcome
    if isinstance(mine.failure, ProgramError) and isinstance(other.failure, ProgramError):
        return (mine.failure.type, mine.failure.message) == (other.failure.type, other.failure.message)
    if mine.failure is None and other.failure is None and not alike(mine.value, other.value, asked.tolerance):
        return False
    return disagreement(asked, other) is None


def disagreement(asked: Asked, other: Outcome) -> str | None:
    """One clause on how the submission's outcome differs from the expected one, or None where they agree."""
    mine = asked.outcome
    if mine.failure is not None or other.failure is not None:
        return _failures_differ(mine, other)
    if asked.keep_arguments and mine.remarks.changed != other.remarks.changed:
        return f"it changed {', '.join(dict.fromkeys(mine.remarks.changed)) or 'nothing'} in place"
    if asked.quiet and bool(mine.remarks.warnings) != bool(other.remarks.warnings):
        return f"numpy warned: {', '.join(dict.fromkeys(mine.remarks.warnings)) or 'nothing'}"
    clause = difference(mine.value, other.value, asked.tolerance)
    if clause is not None and mine.value is None:
        printed = ", and it printed something: a printed result is not a returned one" if mine.printed else ""
        return f"it returned None: a path through the function ends without `return`{printed}"
    return clause


def _failures_differ(mine: Outcome, other: Outcome) -> str | None:
    if mine.failure is None:
        assert other.failure is not None
        return f"it returned {describe(mine.value)}, expected {_expected_failure(other.failure)}"
    if other.failure is None:
        return str(mine.failure)
    if isinstance(other.failure, ProgramError) and isinstance(mine.failure, ProgramError):
        # A subclass of the expected exception is as good: the contract names ValueError, not its exact type.
        alike = other.failure.type in (mine.failure.type, *mine.failure.bases)
        return None if alike else f"it raised {mine.failure.type}, expected {other.failure.type}"
    if isinstance(other.failure, ProgramMissing) and isinstance(mine.failure, ProgramMissing):
        return None if mine.failure.name == other.failure.name else str(mine.failure)
    return None if type(mine.failure) is type(other.failure) else str(mine.failure)


def _expected_failure(failure: ProgramFailure) -> str:
    return f"a {failure.type}" if isinstance(failure, ProgramError) else "a failure"
