"""Where many answers are right: a part of the answer is of a form in which its check takes not even what is right."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np

from autograder.grading.explaining.behaviours.answer_numbers import numbers_of
from autograder.grading.explaining.behaviours.answer_parts import named_parts, with_part
from autograder.grading.explaining.behaviours.claim import Case, Claim, of_calls
from autograder.grading.explaining.behaviours.probe import Probe
from autograder.grading.kinds import describe
from autograder.language import tr
from autograder.sandbox.values import Tensor


def claims(probe: Probe) -> Iterator[Claim]:
    refused: dict[str, list[Case]] = {}
    for replay, case in probe.replayed_cases():
        rights = named_parts(case.right.value)
        for name, mine in named_parts(case.answer.value).items():
            alone = _in_form(rights[name], mine) if _differs(mine, rights.get(name)) else None
            if alone is not None and not replay.takes(with_part(case.right.value, name, alone)):
                refused.setdefault(name, []).append(case)
    for name, cases in refused.items():
        mine, right = (named_parts(each.value)[name] for each in (cases[0].answer, cases[0].right))
        title = tr("{part} has another form than a right one", part=name or tr("the answer"))
        text = tr(
            "In one answer it is {mine}; a right one would be {right}. A right answer in that form fails, too.",
            mine=describe(mine),
            right=describe(right),
        )
        yield Claim(title, text, partial(_is_so, name), covers=of_calls(cases))


def _is_so(name: str, case: Case) -> bool | None:
    if not case.both_answered:
        return None
    mine, right = (named_parts(each.value).get(name) for each in (case.answer, case.right))
    return _differs(mine, right)


def _differs(mine: Any, right: Any) -> bool:
    """Whether two are arrays, or two are tensors, of other shapes or dtypes."""
    if type(mine) is not type(right) or not isinstance(mine, np.ndarray | Tensor):
        return False
    return bool(mine.shape != right.shape or mine.dtype != right.dtype)


def _in_form(right: Any, mine: Any) -> Any:
    """The right numbers in another form; None where they don't go into it."""
    values, form = numbers_of(right), numbers_of(mine)
    if values.size != form.size:
        if values.ndim != form.ndim or any(a < b for a, b in zip(values.shape, form.shape, strict=True)):
            return None
        values = values[tuple(map(slice, form.shape))]
    # Two axes of one length may be in each other's places; which numbers belong where is told by the order of the axes.
    moved = values.T if values.T.shape == form.shape and values.shape != form.shape else values
    put = moved.reshape(form.shape).astype(form.dtype)
    return Tensor(np.ascontiguousarray(put), mine.dtype) if isinstance(mine, Tensor) else put
