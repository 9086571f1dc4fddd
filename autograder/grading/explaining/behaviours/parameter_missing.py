"""A torch module lacks a parameter that its contract names, or has it in another shape, so that nothing can be set."""

from __future__ import annotations

from collections.abc import Iterator

from autograder.grading.explaining.behaviours.probe import Case, Claim, Probe
from autograder.language import tr
from autograder.sandbox.failures import ProgramMissing, ProgramRefused

_MOST_NAMED = 12


def claims(probe: Probe) -> Iterator[Claim]:
    failure = probe.wrong[0].answer.failure
    if isinstance(failure, ProgramMissing) and failure.module:
        found = ", ".join(f"`{name}`" for name in failure.found[:_MOST_NAMED])
        text = (
            tr("Those that it has are called {names}.", names=found)
            if found
            else tr("It has none: a parameter is a `torch.nn.Parameter` that `__init__` makes an attribute of `self`.")
        )
        yield Claim(
            tr("its module has no parameter `{name}`", name=failure.name),
            text + " " + tr("So no question about its answers could be asked."),
            lambda case: _lacks(case, failure) if case.wrong else None,
        )
    refused = next((str(case.answer.failure) for case in probe.wrong if _is_refused(case)), "")
    if refused:
        text = f"{refused} " + tr("So it couldn't be given the values of the question.")
        yield Claim(
            tr("a parameter of its module has another shape than it should have"),
            text,
            lambda case: _is_refused(case) if case.wrong and not case.both_answered else None,
        )


def _is_refused(case: Case) -> bool:
    """Whether a module was built, and its parameters couldn't be given their values."""
    return (
        isinstance(case.answer.failure, ProgramRefused) and case.call.built is not None and case.right.failure is None
    )


def _lacks(case: Case, other: ProgramMissing) -> bool:
    return isinstance(case.answer.failure, ProgramMissing) and case.answer.failure.name == other.name
