"""How the answer follows the size of an argument: it doubles with it, say, where the right one doesn't."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from autograder.grading.explaining.behaviours.answer_numbers import as_numbers, like, only_pair
from autograder.grading.explaining.behaviours.claim import Case, Claim
from autograder.grading.explaining.behaviours.probe import Probe
from autograder.grading.tolerance import Array
from autograder.language import later, tr

#: What becomes of the answer when an argument is doubled, and the factor that this is.
_FOLLOWS = {
    later("with `{name}` doubled, the answer doubles"): 2.0,
    later("with `{name}` doubled, the answer is four times as large"): 4.0,
    later("with `{name}` doubled, the answer is halved"): 0.5,
    later("with `{name}` doubled, the answer is a quarter of what it was"): 0.25,
    later("with `{name}` doubled, the answer stays what it was"): 1.0,
}


def claims(probe: Probe) -> Iterator[Claim]:
    for name, value in probe.inputs(probe.wrong[0].call).items():
        numbers = as_numbers(value)
        if numbers is None or _whole(numbers):  # a count or a label has no size to be doubled
            continue
        for title, factor in _FOLLOWS.items():
            text = tr("All of `{name}` was doubled to find that out. The right answer doesn't do that.", name=name)
            yield Claim(tr(title, name=name), text, _follows(probe, name, factor))


def _follows(probe: Probe, name: str, factor: float) -> Callable[[Case], bool | None]:
    def holds(case: Case) -> bool | None:
        inputs, pair = probe.inputs(case.call), only_pair(case)
        if pair is None or (numbers := as_numbers(inputs.get(name))) is None:
            return False if case.wrong else None
        call = probe.with_inputs(case.call, {name: like(inputs[name], 2 * numbers)})
        right = probe.rightly(call)
        if right.failure is not None:
            return None
        doubled = only_pair(replace(case, asked=replace(case.asked, outcome=probe.again(call)), right=right))
        if doubled is None or not pair.near(doubled.answer, factor * pair.answer):
            return False
        # Of labels, and of what is 0 but for rounding, that says nothing.
        says_nothing = _whole(pair.answer) or pair.near(pair.answer, 0 * pair.answer)
        tells = case.wrong and not says_nothing and not pair.near(doubled.right, factor * pair.right)
        return True if tells else None

    return holds


def _whole(values: Array) -> bool:
    return bool((values == np.round(values)).all())
