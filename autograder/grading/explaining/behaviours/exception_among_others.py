"""Some arguments raise an exception where others get a wrong answer: the line of what is raised."""

from __future__ import annotations

from collections.abc import Iterator

from autograder.grading.explaining.behaviours.exception_raised import raised_at
from autograder.grading.explaining.behaviours.probe import Claim, Probe
from autograder.language import tr
from autograder.sandbox.cells import at_start
from autograder.sandbox.failures import in_words


def claims(probe: Probe) -> Iterator[Claim]:
    for case in probe.wrong:
        raised = case.raised
        if raised is None or case.refusal is not None or not raised.lines:
            continue
        kind, line, place = raised.type, raised.lines[-1].number, in_words(raised.places[-1])
        message = raised.message.strip().rstrip(".") or tr("(no text)")
        text = tr("{place} raises {type}: {message}", place=at_start(place), type=kind, message=message)
        yield Claim(
            tr("for some arguments it raises {type} at {place}", type=kind, place=place),
            f"{text}. " + tr("Other arguments get a wrong answer.") if _some_answered(probe) else f"{text}.",
            lambda other, kind=kind, line=line: raised_at(other, kind, line) or None,  # type: ignore[misc]
            line,
        )
        return


def _some_answered(probe: Probe) -> bool:
    """Whether a value is wrong anywhere: where only an argument is changed, the answer is right."""
    return any(case.both_answered and not case.right_but_for_side_effects for case in probe.wrong)
