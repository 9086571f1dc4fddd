"""The answer is something else that is known of one argument: its trace where its radius is asked for, its mean."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.grading.explaining.behaviours.answer_numbers import as_numbers, only_pair
from autograder.grading.explaining.behaviours.claim import Case, Claim, answer_is
from autograder.grading.explaining.behaviours.probe import Probe
from autograder.grading.tolerance import Array
from autograder.language import later, tr

#: One number of any array.
_OF_ALL: dict[str, Callable[[Array], Any]] = {
    later("the sum of {name}"): np.sum,
    later("the mean of {name}"): np.mean,
    later("the product of all entries of {name}"): np.prod,
    later("the largest entry of {name}"): np.max,
    later("the smallest entry of {name}"): np.min,
    later("the largest absolute value in {name}"): lambda values: np.abs(values).max(),
    later("the smallest absolute value in {name}"): lambda values: np.abs(values).min(),
    later("the median of {name}"): np.median,
    later("the standard deviation of {name}"): np.std,
    later("the variance of {name}"): np.var,
    later("the sum of the absolute values of {name}"): lambda values: np.abs(values).sum(),
    later("the sum of the squares of {name}"): lambda values: np.square(values).sum(),
    later("the square root of the sum of the squares of {name}"): lambda values: np.sqrt(np.square(values).sum()),
    later("the number of entries of {name}"): np.size,
    later("the first entry of {name}"): lambda values: values.flat[0],
    later("the last entry of {name}"): lambda values: values.flat[-1],
}
#: One number of a matrix.
_OF_MATRICES: dict[str, Callable[[Array], Any]] = {
    later("the length of {name}"): len,
    later("the trace of {name}"): np.trace,
    later("the trace of {name}, without its sign"): lambda values: abs(np.trace(values)),
    later("the determinant of {name}"): np.linalg.det,
    later("the absolute value of the determinant of {name}"): lambda values: abs(np.linalg.det(values)),
    later("the largest singular value of {name}"): lambda values: np.linalg.norm(values, 2),
    later("the smallest singular value of {name}"): lambda values: np.linalg.norm(values, -2),
    later("the largest absolute value of an eigenvalue of {name}"): lambda values: np.abs(
        np.linalg.eigvals(values)
    ).max(),
    later("the smallest absolute value of an eigenvalue of {name}"): lambda values: np.abs(
        np.linalg.eigvals(values)
    ).min(),
    later("the largest real part of an eigenvalue of {name}"): lambda values: np.linalg.eigvals(values).real.max(),
    later("the largest absolute real part of an eigenvalue of {name}"): lambda values: np.abs(
        np.linalg.eigvals(values).real
    ).max(),
    later("the largest sum of absolute values in a row of {name}"): lambda values: np.linalg.norm(values, np.inf),
    later("the largest sum of absolute values in a column of {name}"): lambda values: np.linalg.norm(values, 1),
    later("the rank of {name}"): np.linalg.matrix_rank,
    later("the condition number of {name}"): np.linalg.cond,
}
#: As many numbers as the argument has.
_ENTRY_BY_ENTRY: dict[str, Callable[[Array], Any]] = {
    later("nothing but the entries of {name}"): np.array,
    later("the absolute value of {name}"): np.abs,
    later("{name} squared"): np.square,
    later("the square root of {name}"): np.sqrt,
    later("the tanh of {name}"): np.tanh,
    later("the logistic function of {name}"): lambda values: 1 / (1 + np.exp(-values)),
    later("e to the power of {name}"): np.exp,
    later("the logarithm of {name}"): np.log,
    later("the sign of {name}"): np.sign,
    later("1 divided by {name}"): lambda values: 1 / values,
    later("1 − {name}"): lambda values: 1 - values,
    later("minus {name}"): np.negative,
    later("{name} with 0 for what is negative"): lambda values: np.maximum(values, 0),
    later("the running sum of {name}"): np.cumsum,
    later("the running product of {name}"): np.cumprod,
}


def claims(probe: Probe) -> Iterator[Claim]:
    pair = only_pair(probe.wrong[0])
    if pair is None:
        return
    for name in probe.inputs(probe.wrong[0].call):
        values = as_numbers(probe.inputs(probe.wrong[0].call)[name])
        for words, quantity in _quantities(pair.answer, values) if values is not None else ():
            yield answer_is(tr(words, name=f"`{name}`"), _is(probe, name, quantity))


def _quantities(answer: Array, values: Array) -> Iterator[tuple[str, Callable[[Array], Any]]]:
    if answer.size == 1 and values.ndim:  # a number's sum is the number
        yield from _OF_ALL.items()
        yield from _OF_MATRICES.items()
    yield from _ENTRY_BY_ENTRY.items()


def _is(probe: Probe, name: str, quantity: Callable[[Array], Any]) -> Callable[[Case], bool | None]:
    def holds(case: Case) -> bool | None:
        pair, values = only_pair(case), as_numbers(probe.inputs(case.call).get(name))
        if pair is None or values is None or not values.size:
            return False if case.wrong else None
        found = _of(quantity, values)
        if found is None or found.size != pair.answer.size or not pair.near(pair.answer.ravel(), found.ravel()):
            return False
        return True if case.wrong and not pair.near(pair.right.ravel(), found.ravel()) else None

    return holds


def _of(quantity: Callable[[Array], Any], values: Array) -> Array | None:
    with np.errstate(all="ignore"):
        try:
            return np.asarray(quantity(values), dtype=float)
        except (ValueError, TypeError, IndexError, OverflowError, np.linalg.LinAlgError):
            return None
