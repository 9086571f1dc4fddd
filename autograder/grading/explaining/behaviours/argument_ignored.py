"""An argument, or a part of one, has no effect on the answer, where it should have one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from autograder.grading.asking import agrees, same
from autograder.grading.explaining.behaviours.probe import Case, Claim, Probe, as_numbers, like
from autograder.language import later, tr

_OTHERS_CHANGED = later("All other entries of `{name}` were given other values, and the answer stayed what it was.")
_IT_CHANGED = later("That entry of `{name}` was given other values, and the answer stayed what it was.")
#: Parts of an array along its first axis, in words: which entries of it are left as they are.
_PARTS = (
    (later("only the last entry of `{name}` has an effect on the answer"), _OTHERS_CHANGED, slice(-1, None)),
    (later("only the first entry of `{name}` has an effect on the answer"), _OTHERS_CHANGED, slice(0, 1)),
    (later("the last entry of `{name}` has no effect on the answer"), _IT_CHANGED, slice(0, -1)),
    (later("the first entry of `{name}` has no effect on the answer"), _IT_CHANGED, slice(1, None)),
)


def claims(probe: Probe) -> Iterator[Claim]:
    for name, value in probe.inputs(probe.wrong[0].call).items():
        if (numbers := as_numbers(value)) is None:
            continue
        text = tr(
            "`{name}` was given other values, and the answer stayed what it was; the right one changes.", name=name
        )
        yield Claim(tr("`{name}` has no effect on the answer", name=name), text, _unmoved_by(probe, name, slice(0, 0)))
        for title, text, kept in _PARTS if numbers.ndim else ():
            yield Claim(tr(title, name=name), tr(text, name=name), _unmoved_by(probe, name, kept))


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
