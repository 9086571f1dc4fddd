"""An exception at one line for some arguments, where nothing simple tells those from the others."""

from __future__ import annotations

from collections.abc import Iterator

from autograder.grading.explaining.behaviours.exception_raised import raised_at
from autograder.grading.explaining.behaviours.probe import Claim, Probe


def claims(probe: Probe) -> Iterator[Claim]:
    raised = probe.wrong[0].raised
    if raised is not None and raised.lines and probe.wrong[0].refusal is None:
        line = raised.lines[-1].number
        text = f"For some arguments line {line} raises {raised.type}: {raised.message.strip() or '(no text)'}"
        yield Claim(
            f"for some arguments it raises {raised.type} at line {line}",
            text if text.endswith(".") else f"{text}.",
            lambda case: raised_at(case, raised.type, line) if case.wrong else None,
            line,
        )
