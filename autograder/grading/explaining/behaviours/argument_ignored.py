"""An argument has no effect on the answer, where it should have one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from autograder.grading.asking import agrees, same
from autograder.grading.explaining.behaviours.probe import Case, Claim, Probe, as_numbers, like
from autograder.language import tr


def claims(probe: Probe) -> Iterator[Claim]:
    for name, value in probe.inputs(probe.wrong[0].call).items():
        if as_numbers(value) is not None:
            text = tr(
                "`{name}` was given other values, and the answer stayed what it was; the right one changes.", name=name
            )
            yield Claim(tr("`{name}` has no effect on the answer", name=name), text, _unmoved_by(probe, name))


def _unmoved_by(probe: Probe, name: str) -> Callable[[Case], bool | None]:
    def holds(case: Case) -> bool | None:
        inputs = probe.inputs(case.call)
        if not case.both_answered or name not in inputs:
            return False if case.wrong else None
        other = probe.with_inputs(case.call, {name: _other(inputs[name])})
        right = probe.rightly(other)
        if right.failure is not None or agrees(replace(case.asked, outcome=right), case.right):
            return None
        answer = probe.again(other)
        if answer.failure is not None or not same(case.asked, answer):
            return False
        return True if case.wrong else None

    return holds


def _other(value: Any) -> Any:
    """Another value of the same kind, not far away."""
    numbers = as_numbers(value)
    if isinstance(value, int) or numbers is None:
        return value + 1
    return like(value, 0.8 * numbers + 0.13)
