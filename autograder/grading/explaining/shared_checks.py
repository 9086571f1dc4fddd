"""A check that several mistakes fail: what each did wrong in it, so that none is told below another's reason.

It must not know what the reasons are, but for the functions that they are about and the checks that they explain.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from operator import itemgetter

import msgspec

from autograder.grading.checking import Examined
from autograder.grading.explaining.evidence import Evidence, Mistake, Part
from autograder.grading.explaining.in_entries import in_entries
from autograder.grading.messages import sentence
from autograder.grading.report import CheckResult, Explanation, Fault


def faults(
    evidence: Evidence, explanations: Sequence[Explanation], scoped: Sequence[Mistake]
) -> dict[str, list[Fault]]:
    """Return what went wrong in each check that several mistakes fail: what is explained first, as the reasons are.

    Mistakes that have one reason are one here, and what isn't written yet is none. `scoped` are the parts of mistakes
    that a reason is about which explains some calls alone.
    """
    found: dict[str, list[Fault]] = {}
    mistakes = [part for mistake in evidence.mistakes for part in _apart(evidence, mistake, scoped)]
    for examined in evidence.examined:
        check = examined.result.id
        blamed = [mistake for mistake in mistakes if check in mistake.checks]
        written = [each for each in blamed if not evidence.still_to_be_written(_wrong(each, check).asked)]
        each = [_fault(examined, mistake) for mistake in written] if len(blamed) > 1 else []
        placed = sorted(((_place(one, check, explanations), one) for one in each), key=itemgetter(0))
        told: dict[object, Fault] = {}
        for place, one in placed:
            told.setdefault(place if place < len(explanations) else tuple(one.functions), one)
        if told and (len(told) > 1 or len(written) < len(blamed)):
            found[check] = list(told.values())
    return found


def _apart(evidence: Evidence, mistake: Mistake, scoped: Sequence[Mistake]) -> list[Mistake]:
    """The parts of a mistake that have a reason of their own, and the rest of it."""
    own = [each for each in scoped if each.functions == mistake.functions]
    if any(each.aside for each in own):
        own += [each for each in in_entries(evidence, mistake) if not any(map(each.is_of, own))]
    explained = {id(part) for each in own for part in each.wrong}
    explained |= {id(part.asked.call) for each in own if each.aside for part in each.wrong}
    rest = [part for part in mistake.wrong if not explained & {id(part), id(part.asked.call)}]
    return [*own, *([replace(mistake, wrong=rest)] if rest else [])]


def told_of_each(before: CheckResult, result: CheckResult, faults: Sequence[Fault]) -> CheckResult:
    """Return a result whose message tells each of its faults.

    `before` is what the check gave; what the result's message has gained since, or shows of a case, stays below.
    """
    head = len(before.message[: before.question or before.answer or None])
    message = "\n".join(dict.fromkeys(fault.message for fault in faults))
    moved = len(message) - head
    places = {name: place + moved for name in ("question", "answer") if (place := getattr(result, name))}
    return msgspec.structs.replace(result, message=message + result.message[head:], faults=[*faults], **places)


def of_its_functions(explanation: Explanation, mistake: Mistake) -> Explanation:
    """Return an explanation that names the functions that it is about: the mistake's, if it names none."""
    return msgspec.structs.replace(explanation, functions=explanation.functions or sorted(mistake.functions))


def _place(fault: Fault, check: str, explanations: Sequence[Explanation]) -> int:
    places = (place for place, each in enumerate(explanations) if each.explains(check, fault))
    return next(places, len(explanations))


def _wrong(mistake: Mistake, check: str) -> Part:
    return next(each for each in mistake.wrong if each.check == check)


def _fault(examined: Examined, mistake: Mistake) -> Fault:
    """What the first wrong call of a mistake's functions did."""
    result = examined.result
    part = _wrong(mistake, result.id)
    said = "" if part.asked.outcome.failure is not None and result.status == "error" else _said(examined, part)
    head = result.message[: result.question or result.answer or None]
    return Fault(sorted(mistake.functions), said or head, "failed" if said else result.status, mistake.scope)


def _said(examined: Examined, part: Part) -> str:
    return sentence(examined.agree.said_of(part.asked)) if part.asked.call is not None else ""
