"""An exception at one line for some arguments, where nothing simple tells those from the others."""

from __future__ import annotations

from collections.abc import Iterator

from autograder.grading.explaining.behaviours.exception_raised import raised_at
from autograder.grading.explaining.behaviours.probe import Claim, Probe
from autograder.language import tr


def claims(probe: Probe) -> Iterator[Claim]:
    raised = probe.wrong[0].raised
    if raised is not None and raised.lines and probe.wrong[0].refusal is None:
        line = raised.lines[-1].number
        text = tr(
            "For some arguments line {line} raises {type}: {message}",
            line=line,
            type=raised.type,
            message=raised.message.strip() or tr("(no text)"),
        )
        yield Claim(
            tr("for some arguments it raises {type} at line {line}", type=raised.type, line=line),
            text if text.endswith(".") else f"{text}.",
            lambda case: raised_at(case, raised.type, line) if case.wrong else None,
            line,
        )
