"""The answer is one of the arguments, as it came."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from autograder.grading.explaining.behaviours.answer_numbers import as_numbers
from autograder.grading.explaining.behaviours.answer_parts import are_alike
from autograder.grading.explaining.behaviours.claim import Case, Claim
from autograder.grading.explaining.behaviours.probe import Probe
from autograder.language import tr


def claims(probe: Probe) -> Iterator[Claim]:
    for name in probe.inputs(probe.wrong[0].call):
        text = tr("Whatever was asked, the answer is `{name}` as it was given.", name=name)
        yield Claim(tr("the answer is its argument `{name}`, unchanged", name=name), text, _is_input(probe, name))


def _is_input(probe: Probe, name: str) -> Callable[[Case], bool | None]:
    def holds(case: Case) -> bool | None:
        inputs = probe.inputs(case.call)
        if not case.both_answered or name not in inputs:
            return False if case.wrong else None
        if isinstance(inputs[name], str | set | frozenset | dict):
            return (case.wrong or None) if are_alike(case, case.answer.value, inputs[name]) else False
        answer, given = as_numbers(case.answer.value), as_numbers(inputs[name])
        if answer is None or given is None or answer.shape != given.shape:
            return False
        return (True if case.wrong else None) if (answer == given).all() else False

    return holds
