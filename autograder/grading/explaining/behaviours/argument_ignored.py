"""An argument, or a part of one, has no effect on the answer, where it should have one."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.grading.asking import Outcome, agrees, same
from autograder.grading.explaining.behaviours.answer_numbers import as_numbers, like, only_pair
from autograder.grading.explaining.behaviours.answer_parts import are_alike, named_parts
from autograder.grading.explaining.behaviours.claim import Case, Claim, of_calls
from autograder.grading.explaining.behaviours.probe import Probe, numeric_inputs
from autograder.language import later, tr
from autograder.sandbox.program import Called

_OTHERS_CHANGED = later("All other entries of `{name}` were given other values, and the answer stayed what it was.")
_IT_CHANGED = later("That entry of `{name}` was given other values, and the answer stayed what it was.")
_FIRST, _LAST = slice(0, 1), slice(-1, None)
#: How much more or less a whole number is made, and how many others' values it gets, at most.
_FARTHEST, _MOST_MET = 100, 12
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
        numbers = as_numbers(value)
        if numbers is None and not isinstance(value, str):
            continue
        nothing_kept = _unmoved_by(probe, name, [])
        # Of a module's parameter the contract says the shape.
        sized = numbers is not None and numbers.ndim > 0 and not probe.is_parameter(name)
        yield Claim(
            tr("`{name}` has no effect on the answer", name=name),
            tr("`{name}` was given other values, and the answer stayed what it was; the right one changes.", name=name),
            _both(nothing_kept, _unmoved_by_length(probe, name)) if sized else nothing_kept,
            covers=_minding(probe, name),
            without_line=tr("Something else can be wrong besides."),
        )
        if sized:
            yield Claim(
                tr("the values in `{name}` have no effect on the answer", name=name),
                tr(
                    "`{name}` was given as many other values, and the answer stayed what it was; the right one "
                    "changes. How many there are does matter.",
                    name=name,
                ),
                nothing_kept,
                without_line=tr("Something else can be wrong besides."),
            )
        # Of an entry of an answer it would take longer than a line does, which tells more.
        for title, text, kept in _PARTS if numbers is not None and numbers.ndim and not probe.of_an_entry else ():
            holds = _unmoved_by(probe, name, kept)
            yield Claim(tr(title, name=name), tr(text, name=name), holds, covers=_told_by(holds), without_line="")


def _unmoved_by(probe: Probe, name: str, kept: Sequence[slice]) -> Callable[[Case], bool | None]:
    of_one_entry = any(part not in (_FIRST, _LAST) for part in kept)  # then it says little, so all has to be due to it

    def holds(case: Case) -> bool | None:
        inputs = probe.inputs(case.call)
        if not case.both_answered or name not in inputs:
            return False if case.wrong else None
        if not isinstance(inputs[name], bool | str) and as_numbers(inputs[name]) is None:
            return False  # lists in lists, where other questions have numbers: nobody tries another value
        telling = tried = False
        moved = set[_Place]()
        for changed in _others(probe, case.call, name, kept):
            other = probe.with_inputs(case.call, {name: changed})
            right = probe.rightly(other)
            if right.failure is not None:
                continue
            answer = probe.again(other)
            if answer.failure is not None or not same(case.asked, answer):
                return False
            tried = True
            telling |= case.wrong and not agrees(replace(case.asked, outcome=right), case.right)
            moved |= _differing(case, right.value, numbers=of_one_entry)
        if kept and tried and case.wrong and not telling:
            return False  # it isn't by that entry that this one is wrong
        if telling and not _differing(case, case.answer.value, numbers=of_one_entry) <= moved:
            return False  # something goes wrong in it that doesn't depend on this argument
        return True if telling else None

    return holds


#: A part of an answer, and in an array of numbers one of those.
_Place = tuple[str, int]


def _differing(case: Case, value: Any, *, numbers: bool) -> set[_Place]:
    """Where a value differs from a case's right answer: in which of its parts, and in which of their `numbers`."""
    mine, found = named_parts(value), set[_Place]()
    for name, right in named_parts(case.right.value).items():
        if name in mine and are_alike(case, mine[name], right):
            continue
        pair = only_pair(
            replace(case, asked=replace(case.asked, outcome=Outcome(mine.get(name))), right=Outcome(right))
        )
        apart = pair.apart if numbers and pair is not None else None
        found |= {(name, int(place)) for place in (range(max(1, np.size(right))) if apart is None else apart)}
    return found


def _minding(probe: Probe, name: str) -> Callable[[Case], bool] | None:
    """Where many answers are right, the calls of which a check wouldn't take the right answer to another value; None
    where that isn't known of any.
    """
    minding = []
    for replay, case in probe.replayed_cases():
        others = _others(probe, case.call, name, []) if name in probe.inputs(case.call) else ()
        rights = (probe.rightly(probe.with_inputs(case.call, {name: value})) for value in others)
        if any(right.failure is None and not replay.takes(right.value) for right in rights):
            minding.append(case)
    return of_calls(minding) if minding else None


def _told_by(holds: Callable[[Case], bool | None]) -> Callable[[Case], bool]:
    """Whether it tells why a case is wrong: where nothing is in an argument, none of its entries counts for others."""
    return lambda case: holds(case) is not None


def _unmoved_by_length(probe: Probe, name: str) -> Callable[[Case], bool | None]:
    """Whether an argument may be longer, or shorter, along each axis, whatever the right answer to that would be.

    Where there is none and the submission gives none either, nothing is told.
    """

    def holds(case: Case) -> bool | None:
        if not case.both_answered:
            return None
        for changed in _resized(probe.inputs(case.call).get(name)):
            other = probe.with_inputs(case.call, {name: changed})
            answer = probe.again(other)
            refused = answer.failure is not None and probe.rightly(other).failure is not None
            if not refused and not same(case.asked, answer):
                return False
        return True

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


def _others(probe: Probe, call: Called, name: str, kept: Sequence[slice]) -> Iterator[Any]:
    """Other values of the same kind: one near, one so far away that a rounded one moves, too, what lies beyond all that
    goes into the call, on either side, for the program may only compare, and what goes up or down from entry to entry,
    for only their order may count. Of a number, also what other calls have. Of a word, the others that any call has,
    and itself turned round and doubled. None where nothing but what is `kept` is there.
    """
    value = probe.inputs(call)[name]
    if isinstance(value, str):
        given = (each for case in probe.cases for each in probe.inputs(case.call).values())
        words = [each for each in given if isinstance(each, str)][:_MOST_MET]
        # Words that all begin alike, or are as long, would hide what is done with them.
        yield from (each for each in dict.fromkeys([*words, value[::-1], value * 2]) if each != value)
        return
    if isinstance(value, bool):
        yield not value
        return
    numbers = as_numbers(value)
    if numbers is None:
        return
    beyond = 1 + 2 * _largest(probe, call)
    if isinstance(value, int):
        far = math.ceil(min(beyond, _FARTHEST))  # it may say how often something is done
        yield from (value + 1, 2 * value + 3, value - 1, value - far, value + far)
    else:
        slope = beyond * np.arange(numbers.size).reshape(numbers.shape)
        farther = numbers + _FARTHEST * beyond  # a slope that saturates, and then is cut to a whole number, moves there
        moved = [
            numbers - beyond,
            numbers + beyond,
            farther,
            *([numbers - slope, numbers + slope] if numbers.ndim else []),
        ]
        for changed in (0.8 * numbers + 0.13, 1.3 * numbers + 3.2, *moved):
            if not numbers.ndim:
                yield like(value, changed)
            elif sum(len(numbers[part]) for part in kept) < len(numbers):
                for part in kept:
                    changed[part] = numbers[part]
                yield like(value, changed)
    if not numbers.ndim:
        met = (probe.inputs(case.call).get(name) for case in probe.cases)
        yield from [*dict.fromkeys(each for each in met if type(each) is type(value))][:_MOST_MET]


def _largest(probe: Probe, call: Called) -> float:
    """The largest absolute value among all numbers that go into a call."""
    finite = (np.abs(values[np.isfinite(values)]) for _, values in numeric_inputs(probe, call))
    return max((float(each.max()) for each in finite if each.size), default=0.0)
