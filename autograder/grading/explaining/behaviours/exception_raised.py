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
        line, place = raised.lines[-1], in_words(raised.places[-1])
        text = tr(
            "{place} raises {type}: {message}",
            place=at_start(place),
            type=raised.type,
            message=raised.message.strip() or tr("(no text)"),
        )
        yield Claim(
            tr("it raises {type} at {place}", type=raised.type, place=place),
            text if text.endswith(".") else f"{text}.",
            lambda case: raised_at(case, raised.type, line.number),
            line.number,
        )
    if is_nothing(case):
        yield Claim(tr("it returns nothing"), tr(NOTHING), is_nothing)


def raised_at(case: Case, kind: str, line: int) -> bool:
    """Whether a case got this exception from this line."""
    failure = case.answer.failure
    lines = failure.lines if isinstance(failure, ProgramError) else []
    return bool(lines) and case.raised is not None and case.raised.type == kind and lines[-1].number == line


def is_nothing(case: Case) -> bool:
    """Whether None came back where there was something to say."""
    return case.wrong and case.answer.failure is None and case.answer.value is None and case.right.failure is None
