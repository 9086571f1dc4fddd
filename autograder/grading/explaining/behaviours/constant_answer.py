"""The answer is the same whatever is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from autograder.grading.explaining.behaviours.answer_numbers import as_numbers
from autograder.grading.explaining.behaviours.claim import Case, Claim
from autograder.grading.explaining.behaviours.probe import Probe
from autograder.grading.explaining.behaviours.scope import length, shortened
from autograder.grading.tolerance import Array
from autograder.language import tr

#: Different right answers that must have got the same one.
_LEAST = 3


def claims(probe: Probe) -> Iterator[Claim]:
    answered = [case for case in probe.cases if case.both_answered]
    if len(answered) < _LEAST or len(answered) < len(probe.wrong):
        return
    if all(_is_empty(case.answer.value) for case in answered):
        text = tr("Whatever was asked, nothing is in what comes back.")
        yield Claim(tr("the answer is always empty"), text, _holds_nothing, says_always=True)
        return
    values = [as_numbers(case.answer.value) for case in answered]
    if any(value is None or not value.size for value in values):
        return
    rights = [as_numbers(case.right.value) for case in answered]
    if len({right.tobytes() for right in rights if right is not None}) < _LEAST:
        return
    number = next(value.flat[0] for value in values if value is not None)
    if all(value is not None and (value == number).all() for value in values):
        throughout = values[0] is not None and values[0].ndim
        text = (
            tr("Whatever was asked, the answer is {number:g} throughout.", number=number)
            if throughout
            else tr("Whatever was asked, the answer is {number:g}.", number=number)
        )
        yield Claim(
            tr("the answer is always {number:g}", number=number),
            text,
            _however_long(probe, _is(lambda value: bool((value == number).all()))),
            says_always=True,
        )
        return
    first = values[0]
    yield Claim(
        tr("the answer is the same whatever is asked"),
        tr("Different arguments get one and the same answer, so it can't come from them."),
        _is(lambda value: first is not None and value.shape == first.shape and bool((value == first).all())),
        says_always=True,
    )


def _however_long(probe: Probe, holds: Callable[[Case], bool | None]) -> Callable[[Case], bool | None]:
    """The same asked with an entry less, too: all that was asked may be equally long."""

    def holds_shorter(case: Case) -> bool | None:
        verdict = holds(case)
        inputs = probe.inputs(case.call).items() if verdict else ()
        shorter = (shortened(probe, case, name, max(1, length(value) - 1)) for name, value in inputs)
        refuted = any(holds(replace(each, right=case.right)) is False for each in shorter if each is not None)
        return False if refuted else verdict

    return holds_shorter


def _is_empty(value: object) -> bool:
    return isinstance(value, list | tuple | set | frozenset | dict | str | np.ndarray) and not len(value)


def _holds_nothing(case: Case) -> bool | None:
    if case.answer.failure is not None:
        return False if case.wrong else None
    return (case.wrong or None) if _is_empty(case.answer.value) else False


def _is(test: Callable[[Array], bool]) -> Callable[[Case], bool | None]:
    def holds(case: Case) -> bool | None:
        value = as_numbers(case.answer.value) if case.answer.failure is None else None
        if value is None:
            return False if case.wrong else None
        right = as_numbers(case.right.value) if case.right.failure is None else None
        by_right = right is not None and test(right)  # where that is the right number, something else is wrong
        return (True if case.wrong and not by_right else None) if test(value) else False

    return holds
