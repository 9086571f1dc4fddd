"""The right numbers in the wrong form: type, container, shape, dtype."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from autograder.grading.compare import Array, describe
from autograder.grading.explaining.behaviours.probe import Case, Claim, Probe, as_numbers, numeric_pairs
from autograder.language import tr


def claims(probe: Probe) -> Iterator[Claim]:
    case = probe.wrong[0]
    if not case.both_answered:
        return
    if numeric_pairs(case) is not None:
        title = tr("the numbers are right, but not their form")
        if (clause := _form(case)) is not None:
            title = tr("the numbers are right, but they come as {form}", form=clause)
        answer, right = describe(case.answer.value), describe(case.right.value)
        text = tr(
            "The numbers are right. But {answer} came back, where {right} was expected.", answer=answer, right=right
        )
        yield Claim(title, text, _right_numbers)
    text = tr("Its entries are the right ones, in their order, but in another shape.")
    yield Claim(tr("the entries are right, but the shape is not"), text, _right_entries)


def _form(case: Case) -> str | None:
    kind = type(case.answer.value).__name__
    if kind != type(case.right.value).__name__:
        return {
            "list": tr("a list"),
            "tuple": tr("a tuple"),
            "ndarray": tr("a numpy array"),
            "Tensor": tr("a tensor"),
        }.get(kind)
    dtype = getattr(case.answer.value, "dtype", None)
    return None if dtype is None else f"{dtype}"


def _right_numbers(case: Case) -> bool | None:
    if not case.wrong:
        return None
    pairs = numeric_pairs(case) if not case.right_but_for_side_effects else None
    return pairs is not None and all(pair.agrees for pair in pairs)


def _right_entries(case: Case) -> bool | None:
    if not case.wrong:
        return None
    answer, right = as_numbers(case.answer.value), as_numbers(case.right.value)
    if answer is None or right is None or answer.size != right.size or answer.shape == right.shape:
        return False
    return _exactly(answer.ravel(), right.ravel(), 1e-6, 1e-9)


def _exactly(answer: Array, right: Array, relative: float, absolute: float) -> bool:
    if answer.shape != right.shape:
        return False
    return bool(np.isclose(answer, right, rtol=relative, atol=absolute, equal_nan=True).all())
