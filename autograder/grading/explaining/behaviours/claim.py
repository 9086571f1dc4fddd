"""What a behaviour claims, and the cases of which it claims it. It must not know how another case is come by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from autograder.grading.asking import Asked, Outcome, agrees
from autograder.language import tr
from autograder.sandbox.failures import ProgramError
from autograder.sandbox.program import Called


@dataclass(frozen=True)
class Case:
    """One call, what the submission answered, and the right answer. `fresh`: no check has asked this."""

    asked: Asked
    call: Called
    right: Outcome
    fresh: bool = False

    @property
    def answer(self) -> Outcome:
        return self.asked.outcome

    @cached_property
    def wrong(self) -> bool:
        return not agrees(self.asked, self.right)

    @property
    def raised(self) -> ProgramError | None:
        """The exception that the submission raised, if it did."""
        return self.answer.failure if isinstance(self.answer.failure, ProgramError) else None

    @property
    def refusal(self) -> ProgramError | None:
        """The exception that was to be raised, if one was."""
        return self.right.failure if isinstance(self.right.failure, ProgramError) else None

    @property
    def both_answered(self) -> bool:
        return self.answer.failure is None and self.right.failure is None

    def answered_rightly(self, outcome: Outcome) -> bool:
        """Whether another outcome of the same question would have been right."""
        return agrees(replace(self.asked, outcome=outcome), self.right)

    @property
    def right_but_for_side_effects(self) -> bool:
        """Whether only a changed argument or a warning makes it wrong."""
        return agrees(replace(self.asked, keep_arguments=False, quiet=False), self.right)

    def answered_as(self, other: Outcome) -> bool:
        """Whether the submission's answer is this one too."""
        return agrees(self.asked, other)


@dataclass(frozen=True)
class Claim:
    """Something that a function may do. `title` completes "FUNCTION: …"; `text` says more, in sentences.

    `holds` tells of a case: true, false, or None where the case can't tell.
    """

    title: str
    text: str
    holds: Callable[[Case], bool | None]
    line: int | None = None
    #: Whether it is about the numbers that are wrong, and other parts of the answer may be right.
    of_parts: bool = False
    #: Whether its title says that it is about arguments that are to be refused.
    says_refused: bool = False
    #: Whether it says that something is so whatever is asked, which a few questions may show by chance.
    says_always: bool = False
    #: The cases that it is about, if those aren't all, and what they are in words.
    covers: Callable[[Case], bool] | None = None
    scope: str = ""
    #: Whether it is only so of what a check looks at, where that is less than the whole answer.
    of_what_is_seen: bool = False
    #: It tells little of where to look, so a line is looked for, too: what to say where none is found. None: not so.
    without_line: str | None = None


def of_wrong(is_so: Callable[[Case], bool]) -> Callable[[Case], bool | None]:
    """Whether something is so of every wrong case; a right one can't tell."""
    return lambda case: is_so(case) if case.wrong else None


def of_calls(cases: Sequence[Case]) -> Callable[[Case], bool]:
    """Whether a case is one of these, or another of the same call."""
    calls = {id(case.call) for case in cases}
    return lambda case: id(case.call) in calls


def answer_is(words: str, holds: Callable[[Case], bool | None], *, of_parts: bool = False) -> Claim:
    """The claim that an answer is something else than asked for, in words that tell what."""
    said = tr("In every question that was asked, the answer is {words}.", words=words)
    return Claim(tr("the answer is {words}", words=words), said, holds, of_parts=of_parts)
