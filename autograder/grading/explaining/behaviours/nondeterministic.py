"""The same question gets different answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from autograder.grading.asking import Outcome, leaves, same
from autograder.grading.explaining.behaviours.probe import Case, Claim, Probe
from autograder.language import tr
from autograder.sandbox.handles import Behind


def claims(probe: Probe) -> Iterator[Claim]:
    case = probe.wrong[0]
    # An object behind the wall is never told to be the one that came before: it can't be compared.
    if not case.both_answered or any(isinstance(each, Behind) for each in leaves(case.answer.value)):
        return
    first, second = probe.anew(case.call), probe.again(case.call)
    third = probe.again(case.call)
    if _differ(case, probe.right(case.call), case.right):  # nor does the reference: that is as it should be
        return
    if second.repeatable and third.repeatable and _differ(case, second, third) and _differ(case, first, third):
        text = tr(
            "The same question was put twice, and got two answers. The same arguments should give the same answer."
        )
        yield Claim(tr("the same question gets different answers"), text, lambda each: True if each is case else None)


def _differ(case: Case, one: Outcome, other: Outcome) -> bool:
    return not same(replace(case.asked, outcome=one), other)
