"""Some arguments raise an exception, or get nothing, where others get a wrong answer: the line of what is raised."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from autograder.grading.explaining.behaviours.claim import Case, Claim
from autograder.grading.explaining.behaviours.exception_raised import (
    in_full,
    is_nothing,
    nothing_in_full,
    raised_at,
    what_raises,
)
from autograder.grading.explaining.behaviours.probe import Probe
from autograder.language import tr
from autograder.sandbox.failures import ProgramError


def claims(probe: Probe) -> Iterator[Claim]:
    raising = (case.raised for case in probe.wrong if case.refusal is None)
    raised = next((each for each in raising if each is not None and each.lines), None)
    if raised is not None:
        title = tr("for some arguments {claim}", claim=what_raises(raised))
        said = " ".join(filter(None, [in_full(raised, probe), _of_others(probe, raised)]))
        yield _of_its_cases(probe, title, said, lambda case: raised_at(case, raised), raised.lines[-1].number)
    elif any(map(is_nothing, probe.wrong)):
        others = tr("Other arguments get a wrong answer.") if _answered(probe, but=is_nothing) else ""
        said = f"{nothing_in_full(probe)} {others}".rstrip()
        yield _of_its_cases(probe, tr("for some arguments it returns nothing"), said, is_nothing)


def _of_its_cases(probe: Probe, title: str, said: str, holds: Callable[[Case], bool], line: int | None = None) -> Claim:
    """A claim that covers what it holds of, if a check met that: a wrong answer has another reason."""
    asked = any(holds(case) and not case.fresh for case in probe.wrong)
    return Claim(title, said, lambda case: holds(case) or None, line, covers=holds if asked else None)


def _answered(probe: Probe, but: Callable[[Case], bool] = lambda case: False) -> bool:
    """Whether other calls get a wrong answer: where only an argument is changed, the answer is right."""
    wrong = (case for case in probe.wrong if case.both_answered and not but(case))
    return not all(case.right_but_for_side_effects for case in wrong)


def _of_others(probe: Probe, raised: ProgramError) -> str:
    """What becomes of the other wrong calls, in a sentence."""
    answered = _answered(probe)
    others = [case.raised for case in probe.wrong if case.refusal is None and not raised_at(case, raised)]
    elsewhere = {what_raises(each): each for each in others if each is not None and each.lines}
    if len(elsewhere) == 1 and not answered:
        ((claim, _),) = elsewhere.items()
        return tr("With other arguments {claim}.", claim=claim)
    if elsewhere:
        return (
            tr("Other arguments get another exception, or a wrong answer.")
            if answered
            else tr("Other arguments get other exceptions.")
        )
    return tr("Other arguments get a wrong answer.") if answered else ""
