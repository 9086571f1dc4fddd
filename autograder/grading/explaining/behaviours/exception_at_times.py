"""An exception at one line, none, or no answer, for some arguments; nothing simple tells those from the others."""

from __future__ import annotations

from collections.abc import Iterator

from autograder.grading.explaining.behaviours.claim import Case, Claim, of_wrong
from autograder.grading.explaining.behaviours.exception_raised import (
    in_full,
    is_nothing,
    nothing_in_full,
    raised_at,
    what_raises,
)
from autograder.grading.explaining.behaviours.probe import Probe
from autograder.language import tr


def claims(probe: Probe) -> Iterator[Claim]:
    raised = probe.wrong[0].raised
    if raised is not None and raised.lines and probe.wrong[0].refusal is None:
        yield Claim(
            tr("for some arguments {claim}", claim=what_raises(raised)),
            in_full(raised, probe),
            of_wrong(lambda case: raised_at(case, raised)),
            raised.lines[-1].number,
        )
    if is_nothing(probe.wrong[0]):
        title = tr("for some arguments it returns nothing")
        yield Claim(title, nothing_in_full(probe), of_wrong(is_nothing))
    refusal = probe.wrong[0].refusal
    if any(case.refusal is not None and case.refusal.lent for case in probe.cases):
        return  # no promise of the program's own: what a function of the check's raises comes through
    if refusal is not None and raised is not None and any(map(_is_rightly_refused, probe.cases)):
        yield Claim(
            tr("for some arguments it raises {type} and not {promised}", type=raised.type, promised=refusal.type),
            tr("Others that should be refused get {promised}, as they should.", promised=refusal.type),
            lambda case: _is_other(case, raised.type) if case.wrong else True if case.refusal is not None else None,
        )
    if refusal is not None and _is_let_through(probe.wrong[0]):
        yield Claim(
            tr("it answers some arguments that it should refuse"),
            tr(
                "For them {type} is promised, and a value comes back. Others are refused as they should be.",
                type=refusal.type,
            ),
            lambda case: _is_let_through(case) if case.wrong else True if case.refusal is not None else None,
            says_refused=True,
        )
    if refusal is not None and {*map(_is_let_through, probe.wrong)} == {True, False}:
        yield Claim(
            tr("of what it should refuse, it answers some and raises another exception for others"),
            tr("For such arguments {promised} is promised.", promised=refusal.type),
            of_wrong(lambda case: _is_refused_otherwise(case, refusal.type)),
            says_refused=True,
        )


def _is_refused_otherwise(case: Case, promised: str) -> bool:
    """Whether a case that was to be refused, by one exception, was answered, or got another."""
    answered = case.answer.failure is None or case.raised is not None
    return case.refusal is not None and case.refusal.type == promised and answered


def _is_rightly_refused(case: Case) -> bool:
    return case.refusal is not None and not case.wrong


def _is_other(case: Case, kind: str) -> bool:
    """Whether a case that was to be refused got another exception than the one that was promised."""
    return case.refusal is not None and case.raised is not None and case.raised.type == kind


def _is_let_through(case: Case) -> bool:
    return case.wrong and case.refusal is not None and case.answer.failure is None
