"""The answer is something else that is known of one argument: its trace where its radius is asked for, its mean."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.grading.compare import Array
from autograder.grading.explaining.behaviours.probe import Case, Claim, Probe, as_numbers, numeric_pairs

#: One number of any array.
_OF_ALL: dict[str, Callable[[Array], Any]] = {
    "the sum of {}": np.sum,
    "the mean of {}": np.mean,
    "the product of all entries of {}": np.prod,
    "the largest entry of {}": np.max,
    "the smallest entry of {}": np.min,
    "the largest absolute value in {}": lambda values: np.abs(values).max(),
    "the smallest absolute value in {}": lambda values: np.abs(values).min(),
    "the median of {}": np.median,
    "the standard deviation of {}": np.std,
    "the variance of {}": np.var,
    "the sum of the absolute values of {}": lambda values: np.abs(values).sum(),
    "the sum of the squares of {}": lambda values: np.square(values).sum(),
    "the square root of the sum of the squares of {}": lambda values: np.sqrt(np.square(values).sum()),
    "the number of entries of {}": np.size,
    "the first entry of {}": lambda values: values.flat[0],
    "the last entry of {}": lambda values: values.flat[-1],
}
#: One number of a matrix.
_OF_MATRICES: dict[str, Callable[[Array], Any]] = {
    "the length of {}": len,
    "the trace of {}": np.trace,
    "the trace of {}, without its sign": lambda values: abs(np.trace(values)),
    "the determinant of {}": np.linalg.det,
    "the absolute value of the determinant of {}": lambda values: abs(np.linalg.det(values)),
    "the largest singular value of {}": lambda values: np.linalg.norm(values, 2),
    "the smallest singular value of {}": lambda values: np.linalg.norm(values, -2),
    "the largest absolute value of an eigenvalue of {}": lambda values: np.abs(np.linalg.eigvals(values)).max(),
    "the smallest absolute value of an eigenvalue of {}": lambda values: np.abs(np.linalg.eigvals(values)).min(),
    "the largest real part of an eigenvalue of {}": lambda values: np.linalg.eigvals(values).real.max(),
    "the largest absolute real part of an eigenvalue of {}": lambda values: np.abs(
        np.linalg.eigvals(values).real
    ).max(),
    "the largest sum of absolute values in a row of {}": lambda values: np.linalg.norm(values, np.inf),
    "the largest sum of absolute values in a column of {}": lambda values: np.linalg.norm(values, 1),
    "the rank of {}": np.linalg.matrix_rank,
    "the condition number of {}": np.linalg.cond,
}
#: As many numbers as the argument has.
_ENTRY_BY_ENTRY: dict[str, Callable[[Array], Any]] = {
    "the absolute value of {}": np.abs,
    "{} squared": np.square,
    "the square root of {}": np.sqrt,
    "the tanh of {}": np.tanh,
    "the logistic function of {}": lambda values: 1 / (1 + np.exp(-values)),
    "e to the power of {}": np.exp,
    "the logarithm of {}": np.log,
    "the sign of {}": np.sign,
    "1 divided by {}": lambda values: 1 / values,
    "1 − {}": lambda values: 1 - values,
    "minus {}": np.negative,
    "{} with 0 for what is negative": lambda values: np.maximum(values, 0),
    "the running sum of {}": np.cumsum,
    "the running product of {}": np.cumprod,
}


def claims(probe: Probe) -> Iterator[Claim]:
    pairs = numeric_pairs(probe.wrong[0])
    if pairs is None or len(pairs) != 1:
        return
    for name in probe.inputs(probe.wrong[0].call):
        for words, quantity in _quantities(pairs[0].answer):
            said = words.format(f"`{name}`")
            text = f"In every question that was asked, the answer is {said}."
            yield Claim(f"the answer is {said}", text, _is(probe, name, quantity))


def _quantities(answer: Array) -> Iterator[tuple[str, Callable[[Array], Any]]]:
    if answer.size == 1:
        yield from _OF_ALL.items()
        yield from _OF_MATRICES.items()
    yield from _ENTRY_BY_ENTRY.items()


def _is(probe: Probe, name: str, quantity: Callable[[Array], Any]) -> Callable[[Case], bool | None]:
    def holds(case: Case) -> bool | None:
        pairs, values = numeric_pairs(case), as_numbers(probe.inputs(case.call).get(name))
        if pairs is None or len(pairs) != 1 or values is None or not values.size:
            return False if case.wrong else None
        (pair,), found = pairs, _of(quantity, values)
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
