"""An exception where an answer was expected, always at the same line; or no value where one was expected."""

from __future__ import annotations

from collections.abc import Iterator

from autograder.grading.explaining.behaviours.probe import Case, Claim, Probe
from autograder.language import tr
from autograder.sandbox.failures import ProgramError


def claims(probe: Probe) -> Iterator[Claim]:
    case = probe.wrong[0]
    raised = case.raised
    if raised is not None and case.refusal is None and raised.lines:
        line = raised.lines[-1]
        text = tr(
            "Line {line} raises {type}: {message}",
            line=line.number,
            type=raised.type,
            message=raised.message.strip() or tr("(no text)"),
        )
        yield Claim(
            tr("it raises {type} at line {line}", type=raised.type, line=line.number),
            text if text.endswith(".") else f"{text}.",
            lambda case: raised_at(case, raised.type, line.number),
            line.number,
        )
    if case.answer.failure is None and case.answer.value is None:
        yield Claim(
            tr("it returns nothing"),
            tr("The function comes to its end without `return`, so that None comes back."),
            _returns_nothing,
        )


def raised_at(case: Case, kind: str, line: int) -> bool:
    """Whether a case got this exception from this line."""
    failure = case.answer.failure
    lines = failure.lines if isinstance(failure, ProgramError) else []
    return bool(lines) and case.raised is not None and case.raised.type == kind and lines[-1].number == line


def _returns_nothing(case: Case) -> bool | None:
    if not case.wrong:
        return None
    return case.answer.failure is None and case.answer.value is None and case.right.failure is None
