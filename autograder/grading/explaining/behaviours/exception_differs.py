"""Where an exception was promised: another one is raised, it is returned instead of raised, or nothing is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from autograder.grading.explaining.behaviours.claim import Case, Claim
from autograder.grading.explaining.behaviours.probe import Probe
from autograder.language import tr
from autograder.sandbox.handles import Handle


def claims(probe: Probe) -> Iterator[Claim]:
    refused = [case for case in probe.wrong if case.refusal is not None]
    if not refused or refused[0].refusal is None:
        return
    if any(case.refusal is not None and case.refusal.lent for case in refused):
        yield from _of_lent(refused)
        return
    promised, raised = refused[0].refusal.type, refused[0].raised
    yield _returned(promised)
    if raised is not None:
        yield Claim(
            tr("it raises {type} and not {promised}", type=raised.type, promised=promised),
            tr(
                "Such arguments are refused, but by another exception than the one that was agreed: {promised}.",
                promised=promised,
            ),
            _where_refused(lambda case: case.raised is not None and case.raised.type == raised.type),
        )
    if refused[0].answer.failure is None and refused[0].answer.value is None:
        text = tr("For such arguments {promised} is promised; this program returns None instead.", promised=promised)
        is_none = _where_answered(lambda value: value is None)
        yield Claim(tr("it returns None where it should refuse"), text, is_none, says_refused=True)
    text = tr("For such arguments {promised} is promised; this program returns a value instead.", promised=promised)
    yield Claim(tr("it answers where it should refuse"), text, _where_answered(), says_refused=True)


def _returned(promised: str) -> Claim:
    return Claim(
        tr("it returns an {type} instead of raising it", type=promised)
        if promised[:1] in "AEIOU"
        else tr("it returns a {type} instead of raising it", type=promised),
        tr(
            "A returned exception is a value like any other: whoever called goes on with it. Write `raise {type}(…)`.",
            type=promised,
        ),
        _where_refused(lambda case: isinstance(case.answer.value, Handle) and case.answer.value._type == promised),
    )


def _of_lent(refused: Sequence[Case]) -> Iterator[Claim]:
    """What is said where a function of the check's is to raise: nobody promised that, it only isn't to be caught."""
    kinds = {(case.refusal.type, case.refusal.lent) for case in refused if case.refusal is not None}
    if len(kinds) > 1:
        return
    ((kind, _),) = kinds
    text = tr(
        "With the right program that function raises {type} here, and what it raises comes through. Perhaps this "
        "program catches it, or calls the function with something else, or not at all.",
        type=kind,
    )
    title = tr("it returns a value where the function that it is given should raise {type}", type=kind)
    yield Claim(title, text, _where_answered(), says_refused=True)


def _where_refused(test: Callable[[Case], bool]) -> Callable[[Case], bool | None]:
    """What is to be so in every case that is to be refused; all others are to be right."""

    def holds(case: Case) -> bool | None:
        if case.refusal is None:
            return False if case.wrong else None
        return case.wrong and test(case)

    return holds


def _where_answered(test: Callable[[Any], bool] = lambda value: True) -> Callable[[Case], bool | None]:
    """All that is to be refused gets an answer, of which something may be so."""
    return _where_refused(lambda case: case.answer.failure is None and test(case.answer.value))
