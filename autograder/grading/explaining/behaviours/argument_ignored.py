"""An argument, or a part of one, has no effect on the answer, where it should have one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from autograder.grading.asking import agrees, same
from autograder.grading.explaining.behaviours.probe import Case, Claim, Probe, as_numbers, like

#: Parts of an array along its first axis: which entries of the mask are left as they are.
_PARTS: dict[str, slice] = {
    "only the last entry of `{}` has an effect": slice(-1, None),
    "only the first entry of `{}` has an effect": slice(0, 1),
    "the last entry of `{}` has no effect": slice(0, -1),
    "the first entry of `{}` has no effect": slice(1, None),
}


def claims(probe: Probe) -> Iterator[Claim]:
    for name, value in probe.inputs(probe.wrong[0].call).items():
        if (numbers := as_numbers(value)) is None:
            continue
        text = f"`{name}` was given other values, and the answer stayed what it was; the right one changes."
        yield Claim(f"`{name}` has no effect on the answer", text, _unmoved_by(probe, name, slice(0, 0)))
        for words, kept in _PARTS.items() if numbers.ndim else ():
            changed = "That entry of `{}` was" if "no effect" in words else "All other entries of `{}` were"
            text = f"{changed.format(name)} given other values, and the answer stayed what it was."
            yield Claim(f"{words.format(name)} on the answer", text, _unmoved_by(probe, name, kept))


def _unmoved_by(probe: Probe, name: str, kept: slice) -> Callable[[Case], bool | None]:
    def holds(case: Case) -> bool | None:
        inputs = probe.inputs(case.call)
        if not case.both_answered or name not in inputs:
            return False if case.wrong else None
        changed = _other(inputs[name], kept)
        if changed is None:
            return None
        other = probe.with_inputs(case.call, {name: changed})
        right = probe.rightly(other)
        if right.failure is not None or agrees(replace(case.asked, outcome=right), case.right):
            return None
        answer = probe.again(other)
        if answer.failure is not None or not same(case.asked, answer):
            return False
        return True if case.wrong else None

    return holds


def _other(value: Any, kept: slice) -> Any:
    """Another value of the same kind, not far away; None where nothing but what is `kept` is there."""
    numbers = as_numbers(value)
    if isinstance(value, int) or numbers is None:
        return value + 1
    if not numbers.ndim:
        return like(value, 0.8 * numbers + 0.13)
    changed = 0.8 * numbers + 0.13
    changed[kept] = numbers[kept]
    return like(value, changed) if len(numbers[kept]) < len(numbers) else None
