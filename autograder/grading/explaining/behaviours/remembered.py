"""The answer depends on earlier calls: asked alone, in a fresh process, it is right."""

from __future__ import annotations

from collections.abc import Iterator

from autograder.grading.explaining.behaviours.probe import Claim, Probe
from autograder.grading.explaining.state import keeps_state
from autograder.language import tr

#: Cases that are asked in a fresh process.
_MOST = 3


def claims(probe: Probe) -> Iterator[Claim]:
    if not keeps_state(probe.source) and not any(case.call.module for case in probe.wrong):
        return
    tried = [case for case in probe.wrong if case.both_answered or (case.raised and case.refusal is None)][:_MOST]
    if not tried or not all(case.answered_rightly(probe.anew(case.call)) for case in tried):
        return
    text = tr(
        "Asked alone, in a fresh process, it answers rightly; after other calls it doesn't. "
        "So something is kept from one call to the next."
    )
    yield Claim(
        tr("an answer depends on earlier calls"),
        text,
        lambda case: True if any(case is each for each in tried) else None,
    )
