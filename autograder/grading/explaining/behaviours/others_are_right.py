"""Where nothing more is known: for which arguments the answers are right, and for which wrong."""

from __future__ import annotations

from collections.abc import Iterator

from autograder.grading.explaining.behaviours.claim import Claim
from autograder.grading.explaining.behaviours.probe import Probe
from autograder.language import tr


def claims(probe: Probe) -> Iterator[Claim]:
    """Of a scope alone: all cases in it are wrong, and all others right, of which some are to be answered."""
    if probe.narrowed and len(probe.wrong) > 1:
        text = (
            tr("In all other questions that were asked, its answers are right.")
            if probe.refusals is None
            else tr("Wherever else an answer is promised, it is right, as far as was asked.")
        )
        yield Claim(tr("the answers are wrong"), text, lambda case: case.wrong)
