"""The values are right, but numpy warns on the way to them."""

from __future__ import annotations

from collections.abc import Iterator

from autograder.grading.explaining.behaviours.claim import Case, Claim, of_wrong
from autograder.grading.explaining.behaviours.probe import Probe
from autograder.language import tr


def claims(probe: Probe) -> Iterator[Claim]:
    warnings = next((case.answer.remarks.warnings for case in probe.wrong if case.answer.remarks.warnings), [])
    if warnings:
        text = tr("Its values are right, but on the way to them numpy warns: {warning}.", warning=warnings[0])
        yield Claim(tr("numpy warns on the way to the answer"), text, _only_warns)


@of_wrong
def _only_warns(case: Case) -> bool:
    return bool(case.answer.remarks.warnings) and case.asked.quiet and case.right_but_for_side_effects
