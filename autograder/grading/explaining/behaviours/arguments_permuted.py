"""The arguments are taken in another order than they are given."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations, permutations
from typing import Any

from autograder.grading.asking import Outcome
from autograder.grading.compare import nth
from autograder.grading.explaining.behaviours.claim import Case, Claim
from autograder.grading.explaining.behaviours.probe import Probe
from autograder.language import tr
from autograder.sandbox.program import Called

#: With more arguments only two of them are exchanged: there would be too many orders.
_MOST = 4


def claims(probe: Probe) -> Iterator[Claim]:
    call = _with_defaults(probe, probe.wrong[0].call)
    names = list(probe.inputs(call))
    for one, other in combinations(names, 2):
        text = tr(
            "It gives the right answer to another question: `{one}` and `{other}` have changed places in it.",
            one=one,
            other=other,
        )
        yield Claim(
            tr("`{one}` and `{other}` are exchanged", one=one, other=other),
            text,
            _both_ways(probe, {one: other, other: one}),
        )
    yield from _siblings(probe, call)
    yield from _of_one_argument(probe, call)
    if len(names) <= _MOST:
        for order in permutations(names):
            if sum(a != b for a, b in zip(names, order, strict=True)) > 2:
                text = tr(
                    "It gives the right answers to the arguments in another order: {order}.", order=", ".join(order)
                )
                another = _both_ways(probe, dict(zip(names, order, strict=True)))
                yield Claim(tr("the arguments are taken in another order"), text, another)


def _both_ways(probe: Probe, order: dict[str, str]) -> Callable[[Case], bool | None]:
    """Whether it takes them in another order, and is right if they are given so as to undo that.

    Who ignores one of two bounds, say, gives the right answer to such a question, too.
    """
    one_way = probe.answers_another(_exchanging(probe, order))
    undoing = _exchanging(probe, {other: name for name, other in order.items()})

    def holds(case: Case) -> bool | None:
        told = one_way(case)
        undone = undoing(case.call) if told is not False and case.both_answered else None
        return told if undone is None or case.answered_rightly(probe.again(undone)) else False

    return holds


def _of_one_argument(probe: Probe, call: Called) -> Iterator[Claim]:
    """Two parts of one argument for each other, such as the two states of a cell; the answer may be given so, too."""
    several = {
        name: len(value) for name, value in probe.inputs(call).items() if isinstance(value, tuple) and len(value) > 1
    }
    for name, count in several.items():
        for one, other in combinations(range(count), 2) if count <= _MOST else ():
            named = {"one": nth(one, count), "other": nth(other, count), "name": name}

            def change(call: Called, name: str = name, places: tuple[int, int] = (one, other)) -> Called | None:
                value = _swapped(probe.inputs(call).get(name), *places)
                return None if value is None else probe.with_inputs(call, {name: value})

            def given(right: Outcome, places: tuple[int, int] = (one, other)) -> Outcome:
                value = _swapped(right.value, *places)
                return right if value is None else replace(right, value=value)

            text = tr("It gives the right answer to another question: in it {one} and {other} of `{name}` have changed"
                      " places.", **named)  # fmt: skip
            yield Claim(tr("{one} and {other} of `{name}` are exchanged", **named), text, probe.answers_another(change))
            yield Claim(
                tr("{one} and {other} of `{name}` are exchanged, and so are those of the answer", **named),
                tr("{text} And those of the right answer to that have changed places, too.", text=text),
                probe.answers_another(change, given),
            )


def _swapped(value: Any, one: int, other: int) -> Any:
    """A tuple with two of its parts in each other's places; None of anything else."""
    if type(value) is not tuple or len(value) <= max(one, other):
        return None
    parts = list(value)
    parts[one], parts[other] = parts[other], parts[one]
    return tuple(parts)


def _siblings(probe: Probe, call: Called) -> Iterator[Claim]:
    """All parameters of one kind for those of another: `W_z` and `W_r`, `U_z` and `U_r`, `b_z` and `b_r`."""
    for ones, others in combinations(probe.siblings(call).by_last.values(), 2):
        if len(ones) == len(others) > 1:
            pairs = list(zip(ones, others, strict=True))
            named = ", ".join(tr("`{one}` and `{other}`", one=one, other=other) for one, other in pairs)
            yield Claim(
                tr("{pairs} are exchanged", pairs=named),
                tr(
                    "It gives the right answer to another question: in it these have changed places: {pairs}.",
                    pairs=named,
                ),
                _both_ways(probe, {**dict(pairs), **{other: one for one, other in pairs}}),
            )


def _exchanging(probe: Probe, order: dict[str, str]) -> Callable[[Called], Called | None]:
    def change(call: Called) -> Called | None:
        whole = _with_defaults(probe, call)
        inputs = probe.inputs(whole)
        if not all(name in inputs for name in order):
            return None
        return probe.with_inputs(whole, {name: inputs[other] for name, other in order.items()})

    return change


def _with_defaults(probe: Probe, call: Called) -> Called:
    """The same call with what its last parameters are by default, as it may be given in another one's place."""
    left_out = [name for name in probe.parameters[len(call.arguments) :] if name not in call.keywords]
    if call.built is not None or call.keywords or any(name not in probe.defaults for name in left_out):
        return call
    return replace(call, arguments=(*call.arguments, *(probe.defaults[name] for name in left_out)))
