"""The choice of a claim: the first that holds of a function throughout some scope of its arguments, and how it is said.

A claim is about one function. It must hold in every call that the checks made of it, right ones too, and in questions
that nobody was asked; where it is about some arguments only, in all calls with those. It must not know which checks
failed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from types import ModuleType

from autograder.grading.explaining.behaviours import exception_differs, others_are_right
from autograder.grading.explaining.behaviours.answer_numbers import parts_with_wrong_numbers
from autograder.grading.explaining.behaviours.catalogue import OF_SEVERAL_ANSWERS, OF_WHOLE_ANSWERS, OF_WRONG_CALLS
from autograder.grading.explaining.behaviours.claim import Case, Claim
from autograder.grading.explaining.behaviours.probe import Probe
from autograder.grading.explaining.behaviours.scope import Scope, scopes
from autograder.grading.explaining.evidence import Evidence
from autograder.language import later, tr

SIDES = {False: later("where an answer is promised"), True: later("where it should refuse")}


def claim_of(probe: Probe, evidence: Evidence, behaviours: Sequence[ModuleType]) -> Claim | None:
    return first_claim(probe, evidence, behaviours, scopes(probe))


def first_claim(
    probe: Probe, evidence: Evidence, behaviours: Sequence[ModuleType], places: Iterable[Scope]
) -> Claim | None:
    """The first claim that holds throughout one scope of arguments; the first scope holds all."""
    for scope in places:
        if evidence.seconds_left <= 0:
            return None
        # What is promised to all arguments of a scope isn't a refusal where others of it get an answer.
        if scope.text and any(map(scope.holds, probe.answered)):
            continue
        narrowed = probe.within([case for case in probe.cases if scope.holds(case)])
        for behaviour, number, claim in _claims(narrowed, behaviours):
            if evidence.seconds_left <= 0:
                return None
            if behaviour is others_are_right and not scope.is_shown(probe):  # it would say nothing but the scope
                continue
            holds = _still_confirmed(claim, narrowed, (behaviour, number))
            if holds and scope.stands(probe, claim) and not _is_wider(claim, scope, probe):
                claim = replace(claim, covers=scope.holds if scope.text else claim.covers, scope=scope.text)
                return _said(_of_parts(claim, narrowed) if claim.of_parts else claim, scope, behaviour, probe.refusals)
    return None


def _is_wider(claim: Claim, scope: Scope, probe: Probe) -> bool:
    """Whether what is to be said of one word alone is so of another one, too."""
    return scope.of_words and any(claim.holds(case) for case in probe.wrong if not scope.holds(case))


def _claims(probe: Probe, behaviours: Sequence[ModuleType]) -> Iterator[tuple[ModuleType, int, Claim]]:
    """Each claim with its behaviour and its number among that one's."""
    varied, wrong = probe.varied, frozenset(map(id, probe.wrong))
    for behaviour in behaviours:
        if probe.of_an_entry and behaviour in OF_WHOLE_ANSWERS:
            continue
        if behaviour in OF_WRONG_CALLS:
            if (behaviour, wrong) in probe.refuted:
                continue
            probe.refuted.add((behaviour, wrong))
        if varied or behaviour not in OF_SEVERAL_ANSWERS:
            yield from ((behaviour, number, claim) for number, claim in enumerate(behaviour.claims(probe)))


def _still_confirmed(claim: Claim, probe: Probe, which: tuple[ModuleType, int]) -> bool:
    """Whether a claim is confirmed in the cases of a scope; what one refutes is refuted in every scope with that."""
    about = *which, claim.title, claim.text
    if any((*about, id(case)) in probe.refuted for case in probe.cases):
        return False
    refuting = _refuting(claim, probe.cases)
    if isinstance(refuting, Case):
        probe.refuted.add((*about, id(refuting)))
    return refuting is None


def _refuting(claim: Claim, cases: Sequence[Case]) -> Case | bool | None:
    """The case in which a claim doesn't hold; False if it holds in all and tells nothing; None if it is confirmed: it
    tells why one is wrong, a fresh one, if any of those is.
    """
    telling = fresh = 0
    for case in cases:
        verdict = claim.holds(case)
        if verdict is False:
            return case
        telling += verdict is True
        fresh += verdict is True and case.fresh
    return None if telling > 0 and (fresh > 0 or not any(case.fresh and case.wrong for case in cases)) else False


def _of_parts(claim: Claim, probe: Probe) -> Claim:
    """The same said of those parts alone that are wrong."""
    parts = parts_with_wrong_numbers(probe.wrong)
    if not parts:
        return claim
    named = ", ".join(parts)
    text = tr("{text} That is so of {parts}; the other numbers are right.", text=claim.text, parts=named)
    return replace(claim, title=tr("{claim}, in {parts}", claim=claim.title, parts=named), text=text)


def _said(claim: Claim, scope: Scope, behaviour: ModuleType, refusals: bool | None) -> Claim:
    """Return a claim with what it is said of: a scope in its title, else a side; both in its text."""
    side = "" if refusals is None or claim.says_refused else tr(SIDES[refusals])
    if where := scope.text or side:
        claim = replace(claim, title=f"{claim.title}, {where}")
    if behaviour is others_are_right:  # which says of the others what its title says of these
        return claim
    side = "" if behaviour is exception_differs else side  # which is about what is to be refused, and nothing else
    if said := tr(" and ").join(filter(None, [scope.text, side])):
        text = tr("This is only about calls {scope}. {text}", text=claim.text, scope=said)
        return replace(claim, text=text)
    return claim
