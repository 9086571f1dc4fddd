"""Some arguments raise an exception, or get nothing, where others get a wrong answer: the line of what is raised."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from autograder.grading.explaining.behaviours.exception_raised import (
    in_full,
    is_nothing,
    nothing_in_full,
    raised_at,
    what_raises,
)
from autograder.grading.explaining.behaviours.probe import Case, Claim, Probe
from autograder.language import tr
from autograder.sandbox.failures import ProgramError


def claims(probe: Probe) -> Iterator[Claim]:
    for case in probe.wrong:
        raised = case.raised
        if raised is None or case.refusal is not None or not raised.lines:
            continue
        asked = any(raised_at(other, raised) and not other.fresh for other in probe.wrong)
        yield Claim(
            tr("for some arguments {claim}", claim=what_raises(raised)),
            " ".join(filter(None, [in_full(raised, probe), _of_others(probe, raised)])),
            lambda other, raised=raised: raised_at(other, raised) or None,  # type: ignore[misc]
            raised.lines[-1].number,
            # A wrong answer that a check met has another reason.
            covers=(lambda other, raised=raised: raised_at(other, raised)) if asked else None,  # type: ignore[misc]
        )
        return
    if any(map(is_nothing, probe.wrong)):
        title = tr("for some arguments it returns nothing")
        others = tr("Other arguments get a wrong answer.") if _answered(probe, but=is_nothing) else ""
        yield Claim(title, f"{nothing_in_full(probe)} {others}".rstrip(), lambda other: is_nothing(other) or None)


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
