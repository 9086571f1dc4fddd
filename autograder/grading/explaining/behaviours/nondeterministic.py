"""The same question gets different answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from autograder.grading.asking import Outcome, leaves, same
from autograder.grading.explaining.behaviours.claim import Case, Claim
from autograder.grading.explaining.behaviours.probe import Probe
from autograder.grading.explaining.state import draws
from autograder.language import tr
from autograder.sandbox.handles import Behind

#: How often a program that may draw numbers is asked the same.
_TIMES = 6


def claims(probe: Probe) -> Iterator[Claim]:
    case = probe.wrong[0]
    # An object behind the wall is never told to be the one that came before: it can't be compared.
    if not case.both_answered or any(isinstance(each, Behind) for each in leaves(case.answer.value)):
        return
    by_chance = draws(probe.source)
    one, *others = (probe.again(case.call) for _ in range(_TIMES if by_chance else 2))
    other = next((each for each in others if each.repeatable and _differ(case, one, each)), None)
    if not one.repeatable or other is None:
        return
    if _differ(case, probe.right(case.call), case.right):  # nor does the reference: that is as it should be
        return
    if by_chance or _differ(case, probe.anew(case.call), other):  # or else what came before would be the reason
        text = tr(
            "The same question was put twice, and got two answers. The same arguments should give the same answer."
        )
        yield Claim(tr("the same question gets different answers"), text, lambda each: True if each is case else None)


def _differ(case: Case, one: Outcome, other: Outcome) -> bool:
    return not same(replace(case.asked, outcome=one), other)
