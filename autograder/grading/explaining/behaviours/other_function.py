"""A function of the right answer, entry by entry: its square, its root, its inverse, …"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from autograder.grading.explaining.behaviours.answer_numbers import has_several_numbers, is_changed
from autograder.grading.explaining.behaviours.claim import Claim, answer_is
from autograder.grading.explaining.behaviours.probe import Probe
from autograder.grading.tolerance import Array
from autograder.language import later, tr

_CHANGES: dict[str, Callable[[Array], Array | None]] = {
    later("the square of the right one"): np.square,
    later("the square root of the right one"): np.sqrt,
    later("the right one without its sign"): np.abs,
    later("one divided by the right one"): lambda right: 1 / right,
    later("one minus the right one"): lambda right: 1 - right,
    later("the right one with 0 in place of what is negative"): lambda right: np.maximum(right, 0),
    later("the natural logarithm of the right one"): np.log,
    later("the base-10 logarithm of the right one"): np.log10,
    later("the exponential of the right one"): np.exp,
    later("the tanh of the right one"): np.tanh,
    later("the inverse matrix of the right one"): lambda right: np.linalg.inv(right) if right.ndim > 1 else None,
    later("the cube of the right one"): lambda right: right**3,
    later("the fourth power of the right one"): lambda right: right**4,
    later("the right one cut to what lies between 0 and 1"): lambda right: np.clip(right, 0, 1),
    later("the right one divided by its sum"): lambda right: right / right.sum() if right.ndim else None,
    later("the right one divided by its largest entry"): lambda right: right / right.max() if right.ndim else None,
    later("the right one divided by its first entry"): lambda right: right / right[0] if right.ndim == 1 else None,
    later("the right one scaled to the norm 1"): lambda right: right / np.linalg.norm(right) if right.ndim else None,
    later("the right one rounded down"): np.floor,
    later("the right one rounded up"): np.ceil,
}


def claims(probe: Probe) -> Iterator[Claim]:
    for words, change in _CHANGES.items() if has_several_numbers(probe.wrong) else ():
        yield answer_is(tr(words), is_changed(change), of_parts=True)
