"""The right answer to another question: one argument changed, by a step too many, an order, a sign, a transpose."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from autograder.grading.explaining.behaviours.answer_numbers import as_numbers, like, numeric_pairs
from autograder.grading.explaining.behaviours.claim import Case, Claim
from autograder.grading.explaining.behaviours.probe import Probe
from autograder.grading.tolerance import Array
from autograder.language import later, tr
from autograder.sandbox.program import Called

_OF_NUMBERS: dict[str, Callable[[Array], Array | float | None]] = {
    later("0"): lambda values: 0 * values,
    later("1 throughout"): lambda values: np.ones_like(values),
    later("negated"): lambda values: -values,
    later("its absolute value"): np.abs,
    later("transposed"): lambda values: np.swapaxes(values, -1, -2) if values.ndim > 1 else None,
    later("squared"): np.square,
    later("twice as large"): lambda values: 2 * values,
    later("half as large"): lambda values: values / 2,
    later("one larger throughout"): lambda values: values + 1 if _whole(values) else None,
    later("one smaller throughout"): lambda values: values - 1 if _whole(values) else None,
    later("its tanh"): np.tanh,
}
_OF_SEQUENCES: dict[str, Callable[[Any], Any]] = {
    later("reversed"): lambda values: values[::-1],
    later("all but its first entry"): lambda values: values[1:],
    later("all but its last entry"): lambda values: values[:-1],
    later("its first entry alone"): lambda values: values[:1],
    later("its last entry alone"): lambda values: values[-1:],
    later("longer, with its last entry twice"): lambda values: _joined(values, values[-1:]),
    later("longer, with its first entry twice"): lambda values: _joined(values[:1], values),
}
_OF_WHOLE: dict[str, int] = {
    later("one larger"): 1,
    later("one smaller"): -1,
    later("two larger"): 2,
    later("two smaller"): -2,
}


def claims(probe: Probe) -> Iterator[Claim]:
    if not numeric_pairs(probe.wrong[0]):  # of a word or two, that would too often be so by chance
        return
    # Who answers in parts takes many things: asking for each would leave no time to look for a line.
    in_parts = isinstance(probe.wrong[0].right.value, list | tuple | dict)
    for name, value in probe.inputs(probe.wrong[0].call).items():
        for words, change in _changes(value) if isinstance(value, list | tuple) or not in_parts else ():
            text = tr(
                "It gives the right answer to another question: the one in which `{name}` is {words}.",
                name=name,
                words=tr(words),
            )
            holds = probe.answers_another(_changing(probe, name, change))
            yield Claim(
                tr("it answers as if `{name}` were {words}", name=name, words=tr(words)),
                text,
                _of_fractions_too(probe, name, _OF_WHOLE[words], holds) if words in _OF_WHOLE else holds,
            )
    yield from _of_siblings(probe)


def _of_fractions_too(
    probe: Probe, name: str, more: int, holds: Callable[[Case], bool | None]
) -> Callable[[Case], bool | None]:
    """The same asked of a fraction, where that has an answer: there `<` is as right as `<=`."""
    aside = _changing(probe, name, lambda value: value - math.copysign(0.5, more))

    def holds_there_too(case: Case) -> bool | None:
        verdict, call = holds(case), aside(case.call)
        between = probe.instead(case, call) if verdict and call is not None else None
        if between is None or between.answer.failure is not None:
            return verdict
        return False if holds(between) is False else verdict

    return holds_there_too


#: What is done to all parameters of one kind at once.
_OF_ALL = ("0", "transposed", "negated")


def _of_siblings(probe: Probe) -> Iterator[Claim]:
    """All parameters of one kind changed: each `U_…` transposed."""
    for names in probe.siblings(probe.wrong[0].call).by_first.values():
        named = ", ".join(f"`{name}`" for name in names)
        for words in _OF_ALL if len(names) > 1 else ():
            text = tr(
                "It gives the right answer to another question: the one in which {names} are {words}.",
                names=named,
                words=tr(words),
            )
            changes = [_changing(probe, name, _numerically(_OF_NUMBERS[words])) for name in names]
            yield Claim(
                tr("it answers as if {names} were {words}", names=named, words=tr(words)),
                text,
                probe.answers_another(_one_after_the_other(changes)),
            )


def _one_after_the_other(changes: Sequence[Callable[[Called], Called | None]]) -> Callable[[Called], Called | None]:
    def changed(call: Called) -> Called | None:
        after: Called | None = call
        for change in changes:
            after = change(after) if after is not None else None
        return after

    return changed


def _changes(value: Any) -> Iterator[tuple[str, Callable[[Any], Any]]]:
    if isinstance(value, bool):
        yield later("the opposite"), lambda other: not other
    elif isinstance(value, int):
        for words, more in _OF_WHOLE.items():
            yield words, lambda other, more=more: other + more  # type: ignore[misc]
    elif isinstance(value, list | tuple):
        yield from _OF_SEQUENCES.items()
    elif (numbers := as_numbers(value)) is not None:
        for words, change in _OF_NUMBERS.items():
            yield words, _numerically(change)
        if numbers.ndim:
            for words, change in _OF_SEQUENCES.items():
                yield words, _numerically(change)


def _numerically(change: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def changed(value: Any) -> Any:
        numbers = as_numbers(value)
        after = None if numbers is None else change(numbers)
        return None if after is None else like(value, after)

    return changed


def _whole(values: Array) -> bool:
    return values.ndim > 0 and bool((values == np.round(values)).all())


def _joined(first: Any, second: Any) -> Any:
    return first + second if isinstance(first, list | tuple) else np.concatenate([first, second])


def _changing(probe: Probe, name: str, change: Callable[[Any], Any]) -> Callable[[Called], Called | None]:
    def changed(call: Called) -> Called | None:
        inputs = probe.inputs(call)
        if name not in inputs:
            return None
        try:
            with np.errstate(all="ignore"):
                after = change(inputs[name])
        except (TypeError, ValueError, IndexError):
            return None
        return None if after is None else probe.with_inputs(call, {name: after})

    return changed
