"""The answer depends on earlier calls: asked alone, in a fresh process, it is right.

So it is told of what is no single call, too, as of objects whose class keeps something for all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from autograder.grading.asking import tried
from autograder.grading.explaining.behaviours.claim import Claim, of_calls
from autograder.grading.explaining.behaviours.probe import Probe
from autograder.grading.explaining.evidence import Evidence, Mistake, Part
from autograder.grading.explaining.state import draws, keeps_state
from autograder.grading.report import Explanation
from autograder.language import later, tr

_TITLE = later("an answer depends on earlier calls")
_TEXT = later(
    "Asked alone, in a fresh process, it answers rightly; after other calls it doesn't. "
    "So something is kept from one call to the next."
)

#: Cases that are asked in a fresh process before anything is claimed, and those of which it is claimed at most.
_FIRST, _MOST = 3, 30


def claims(probe: Probe) -> Iterator[Claim]:
    if not keeps_state(probe.source) and not any(case.call.module for case in probe.wrong):
        return
    if draws(probe.source):  # a new process may draw the same numbers: all that is kept may be how many were drawn
        return
    asked = [case for case in probe.wrong if case.both_answered or (case.raised and case.refusal is None)][:_MOST]
    if not asked or not all(case.answered_rightly(probe.anew(case.call)) for case in asked[:_FIRST]):
        return
    # Another mistake may be in some: those are wrong when they are asked alone, too.
    others = [case for case in asked[_FIRST:] if case.answered_rightly(probe.anew(case.call))]
    covers = of_calls([*asked[:_FIRST], *others])
    yield Claim(tr(_TITLE), tr(_TEXT), lambda case: True if covers(case) else None, covers=covers)


def of_whole_questions(evidence: Evidence, mistake: Mistake) -> Explanation | None:
    """Say so of the checks that fail by no single call, and by nothing when they are asked alone."""
    if not evidence.remembers or not all(_is_whole(part) for part in mistake.wrong):
        return None
    checks = [part.check for part in mistake.wrong[:_MOST] if _is_right_alone(evidence, part)]
    title = f"{tr(' and ').join(sorted(mistake.functions))}: {tr(_TITLE)}"
    return Explanation("behaviour", title, tr(_TEXT), None, None, checks) if checks else None


def _is_whole(part: Part) -> bool:
    return part.asked.call is None and part.asked.outcome.repeatable


def _is_right_alone(evidence: Evidence, part: Part) -> bool:
    with evidence.once_more() as program:
        outcome = tried(part.asked.ask, program)
    return evidence.is_right(replace(part.asked, outcome=outcome))
