"""Some arguments raise an exception where others get a wrong answer: the line of what is raised."""

from __future__ import annotations

from collections.abc import Iterator

from autograder.grading.explaining.behaviours.exception_raised import in_full, raised_at, what_raises
from autograder.grading.explaining.behaviours.probe import Claim, Probe
from autograder.language import tr


def claims(probe: Probe) -> Iterator[Claim]:
    for case in probe.wrong:
        raised = case.raised
        if raised is None or case.refusal is not None or not raised.lines:
            continue
        text = in_full(raised)
        yield Claim(
            tr("for some arguments {claim}", claim=what_raises(raised)),
            f"{text} " + tr("Other arguments get a wrong answer.") if _some_answered(probe) else text,
            lambda other, raised=raised: raised_at(other, raised) or None,  # type: ignore[misc]
            raised.lines[-1].number,
        )
        return


def _some_answered(probe: Probe) -> bool:
    """Whether a value is wrong anywhere: where only an argument is changed, the answer is right."""
    return any(case.both_answered and not case.right_but_for_side_effects for case in probe.wrong)
