"""An argument, or a part of one, has no effect on the answer, where it should have one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.grading.asking import agrees, same
from autograder.grading.explaining.behaviours.probe import Case, Claim, Probe, as_numbers, like
from autograder.language import later, tr

_OTHERS_CHANGED = later("All other entries of `{name}` were given other values, and the answer stayed what it was.")
_IT_CHANGED = later("That entry of `{name}` was given other values, and the answer stayed what it was.")
_FIRST, _LAST = slice(0, 1), slice(-1, None)
#: Parts of an array along its first axis, in words: which entries of it are left as they are.
_PARTS = (
    (later("only the last entry of `{name}` has an effect on the answer"), _OTHERS_CHANGED, [_LAST]),
    (later("only the first entry of `{name}` has an effect on the answer"), _OTHERS_CHANGED, [_FIRST]),
    (
        later("only the first and the last entry of `{name}` have an effect on the answer"),
        _OTHERS_CHANGED,
        [_FIRST, _LAST],
    ),
    (later("the last entry of `{name}` has no effect on the answer"), _IT_CHANGED, [slice(0, -1)]),
    (later("the first entry of `{name}` has no effect on the answer"), _IT_CHANGED, [slice(1, None)]),
)


def claims(probe: Probe) -> Iterator[Claim]:
    for name, value in probe.inputs(probe.wrong[0].call).items():
        if (numbers := as_numbers(value)) is None:
            continue
        nothing_kept = _unmoved_by(probe, name, [])
        sized = numbers.ndim > 0 and not probe.is_parameter(name)  # of a module's parameter the contract says the shape
        yield Claim(
            tr("`{name}` has no effect on the answer", name=name),
            tr(
                "`{name}` was given other values, and the answer stayed what it was; the right one changes. Something "
                "else can be wrong besides.",
                name=name,
            ),
            _both(nothing_kept, _unmoved_by_length(probe, name)) if sized else nothing_kept,
        )
        if sized:
            yield Claim(
                tr("the values in `{name}` have no effect on the answer", name=name),
                tr(
                    "`{name}` was given as many other values, and the answer stayed what it was; the right one "
                    "changes. How many there are does matter. Something else can be wrong besides.",
                    name=name,
                ),
                nothing_kept,
            )
        for title, text, kept in _PARTS if numbers.ndim else ():
            yield Claim(tr(title, name=name), tr(text, name=name), _unmoved_by(probe, name, kept))


def _unmoved_by(probe: Probe, name: str, kept: Sequence[slice]) -> Callable[[Case], bool | None]:
    def holds(case: Case) -> bool | None:
        inputs = probe.inputs(case.call)
        if not case.both_answered or name not in inputs:
            return False if case.wrong else None
        if not isinstance(inputs[name], bool) and as_numbers(inputs[name]) is None:
            return False  # a text, or lists in lists, where other questions have numbers: nobody tries another value
        telling = False
        for changed in _others(inputs[name], kept):
            other = probe.with_inputs(case.call, {name: changed})
            right = probe.rightly(other)
            if right.failure is not None or agrees(replace(case.asked, outcome=right), case.right):
                continue
            answer = probe.again(other)
            if answer.failure is not None or not same(case.asked, answer):
                return False
            telling = case.wrong
        return True if telling else None

    return holds


def _unmoved_by_length(probe: Probe, name: str) -> Callable[[Case], bool | None]:
    """Whether an argument may be longer, or shorter, along each axis, whatever the right answer to that would be."""

    def holds(case: Case) -> bool | None:
        if not case.both_answered:
            return None
        others = _resized(probe.inputs(case.call).get(name))
        answers = [probe.again(probe.with_inputs(case.call, {name: changed})) for changed in others]
        return all(answer.failure is None and same(case.asked, answer) for answer in answers)

    return holds


def _both(one: Callable[[Case], bool | None], other: Callable[[Case], bool | None]) -> Callable[[Case], bool | None]:
    def holds(case: Case) -> bool | None:
        verdict = one(case)
        return False if verdict is not False and other(case) is False else verdict

    return holds


def _resized(value: Any) -> Iterator[Any]:
    """The same values with the first ones along an axis once more, and without them."""
    numbers = as_numbers(value)
    if numbers is None or not numbers.size:
        return
    for axis in {0, numbers.ndim - 1} if numbers.ndim else ():
        yield like(value, np.concatenate([numbers, numbers.take([0], axis)], axis))
        yield like(value, numbers.take(range(1, numbers.shape[axis]), axis))


def _others(value: Any, kept: Sequence[slice]) -> Iterator[Any]:
    """Other values of the same kind: one near, and one so far away that a rounded one moves, too.

    None where nothing but what is `kept` is there.
    """
    numbers = as_numbers(value)
    if isinstance(value, bool):
        yield not value
        return
    if numbers is None:
        return
    if isinstance(value, int):
        yield value + 1
        yield 2 * value + 3
        return
    for changed in (0.8 * numbers + 0.13, 1.3 * numbers + 3.2):
        if not numbers.ndim:
            yield like(value, changed)
        elif sum(len(numbers[part]) for part in kept) < len(numbers):
            for part in kept:
                changed[part] = numbers[part]
            yield like(value, changed)
