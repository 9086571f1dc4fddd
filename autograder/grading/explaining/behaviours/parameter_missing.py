"""A torch module lacks a parameter or buffer of its contract, or has it in another shape: nothing can be set then."""

from __future__ import annotations

from collections.abc import Iterator

from autograder.grading.explaining.behaviours.claim import Case, Claim, of_wrong
from autograder.grading.explaining.behaviours.probe import Probe
from autograder.language import tr
from autograder.sandbox.failures import ProgramMissing, ProgramRefused

_MOST_NAMED = 12
_UNFIT = ("parameter-shape", "buffer-shape")


def claims(probe: Probe) -> Iterator[Claim]:
    failure = probe.wrong[0].answer.failure
    if isinstance(failure, ProgramMissing) and (failure.buffer or failure.module):
        yield _without(failure)
    refused = next((case.answer.failure for case in probe.wrong if _is_refused(case)), None)
    if isinstance(refused, ProgramRefused):
        text = f"{refused} " + tr("So it couldn't be given the values of the question.")
        yield Claim(
            tr("a buffer of its module has another shape than it should have")
            if refused.reason == "buffer-shape"
            else tr("a parameter of its module has another shape than it should have"),
            text,
            lambda case: _is_refused(case) if case.wrong and not case.both_answered else None,
        )


def _without(failure: ProgramMissing) -> Claim:
    """Say that a parameter or a buffer isn't there."""
    title = tr("its module has no parameter `{name}`", name=failure.name)
    none = tr("It has none: a parameter is a `torch.nn.Parameter` that `__init__` makes an attribute of `self`.")
    if failure.buffer:
        title = tr("its module has no buffer `{name}`", name=failure.name)
        none = tr("It has none: `self.register_buffer(name, tensor)` makes one.")
    found = ", ".join(f"`{name}`" for name in failure.found[:_MOST_NAMED])
    names = tr("Those that it has are called {names}.", names=found) if found else none
    return Claim(
        title,
        names + " " + tr("So no question about its answers could be asked."),
        of_wrong(lambda case: _lacks(case, failure)),
    )


def _is_refused(case: Case) -> bool:
    """Whether a module was built, and its parameters or buffers couldn't be given their values."""
    failure = case.answer.failure
    return isinstance(failure, ProgramRefused) and failure.reason in _UNFIT and case.right.failure is None


def _lacks(case: Case, other: ProgramMissing) -> bool:
    return isinstance(case.answer.failure, ProgramMissing) and case.answer.failure.name == other.name
