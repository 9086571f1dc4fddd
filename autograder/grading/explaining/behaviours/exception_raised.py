"""An exception where an answer was expected, always at the same line; or no value where one was expected."""

from __future__ import annotations

from collections.abc import Iterator

from autograder.grading.explaining.behaviours.probe import Case, Claim, Probe
from autograder.language import later, tr
from autograder.sandbox.cells import at_start
from autograder.sandbox.failures import ProgramError, in_words

NOTHING = later(
    "None comes back: the function ends without coming to a `return`, or what stands behind `return` is None, "
    "as the value of `print(…)` and of `list.sort()` is."
)


def claims(probe: Probe) -> Iterator[Claim]:
    case = probe.wrong[0]
    raised = case.raised
    if raised is not None and case.refusal is None and raised.lines:
        yield Claim(what_raises(raised), in_full(raised), lambda case: raised_at(case, raised), raised.lines[-1].number)
    if is_nothing(case):
        yield Claim(tr("it returns nothing"), tr(NOTHING), is_nothing)


def what_raises(raised: ProgramError) -> str:
    """What raises at which line, as a title goes on: the program, or a function of the check's that it calls there."""
    where = {"type": raised.type, "place": in_words(raised.places[-1])}
    if raised.lent:
        return tr("the function that it is given raises {type}, called at {place}", **where)
    return tr("it raises {type} at {place}", **where)


def in_full(raised: ProgramError) -> str:
    """A sentence that says the same, with the exception's text."""
    what = {"type": raised.type, "message": raised.message.strip().rstrip(".") or tr("(no text)")}
    where = at_start(in_words(raised.places[-1]))
    if raised.lent:
        return tr("{place} calls the function that was given, and that raises {type}: {message}.", place=where, **what)
    return tr("{place} raises {type}: {message}.", place=where, **what)


def raised_at(case: Case, raised: ProgramError) -> bool:
    """Whether a case got an exception of the same type, from the same line and by the same hand."""
    mine = case.raised
    if mine is None or not mine.lines:
        return False
    return (mine.type, mine.lines[-1].number, mine.lent) == (raised.type, raised.lines[-1].number, raised.lent)


def is_nothing(case: Case) -> bool:
    """Whether None came back where there was something to say."""
    return case.wrong and case.answer.failure is None and case.answer.value is None and case.right.failure is None
