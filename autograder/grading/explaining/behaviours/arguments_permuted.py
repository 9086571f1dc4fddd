"""The arguments are taken in another order than they are given."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations, permutations

from autograder.grading.explaining.behaviours.probe import Claim, Probe
from autograder.language import tr
from autograder.sandbox.program import Called

#: With more arguments only two of them are exchanged: there would be too many orders.
_MOST = 4


def claims(probe: Probe) -> Iterator[Claim]:
    call = probe.wrong[0].call
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
            probe.answers_another(_exchanging(probe, {one: other, other: one})),
        )
    yield from _siblings(probe, call)
    if len(names) <= _MOST:
        for order in permutations(names):
            if sum(a != b for a, b in zip(names, order, strict=True)) > 2:
                text = tr(
                    "It gives the right answers to the arguments in another order: {order}.", order=", ".join(order)
                )
                change = _exchanging(probe, dict(zip(names, order, strict=True)))
                yield Claim(tr("the arguments are taken in another order"), text, probe.answers_another(change))


def _siblings(probe: Probe, call: Called) -> Iterator[Claim]:
    """All parameters of one kind for those of another: `W_z` and `W_r`, `U_z` and `U_r`, `b_z` and `b_r`."""
    for ones, others in combinations(probe.siblings(call).by_last.values(), 2):
        if len(ones) == len(others) > 1:
            pairs = list(zip(ones, others, strict=True))
            named = ", ".join(tr("`{one}` and `{other}`", one=one, other=other) for one, other in pairs)
            change = _exchanging(probe, {**dict(pairs), **{other: one for one, other in pairs}})
            yield Claim(
                tr("{pairs} are exchanged", pairs=named),
                tr(
                    "It gives the right answer to another question: in it these have changed places: {pairs}.",
                    pairs=named,
                ),
                probe.answers_another(change),
            )


def _exchanging(probe: Probe, order: dict[str, str]) -> Callable[[Called], Called | None]:
    def change(call: Called) -> Called | None:
        inputs = probe.inputs(call)
        if not all(name in inputs for name in order):
            return None
        return probe.with_inputs(call, {name: inputs[other] for name, other in order.items()})

    return change
