"""The checks that a claim explains: not each that a mistake fails, for a check may fail by something else as well.

It must not know how a claim was found.
"""

from __future__ import annotations

from dataclasses import replace

from autograder.grading.asking import as_looked_at, tried
from autograder.grading.explaining.behaviours.claim import Case, Claim
from autograder.grading.explaining.behaviours.probe import Probe
from autograder.grading.explaining.evidence import Evidence, Mistake
from autograder.sandbox.failures import ProgramMissing


def explained_part(claim: Claim, probe: Probe, evidence: Evidence, mistake: Mistake) -> tuple[Mistake, list[str]]:
    """The part of a mistake that a claim explains, and the checks. Of one that is about some cases alone: where no
    other case goes wrong, if there are such, else where one of its cases does. It may be none, if its cases went wrong
    only where nobody had asked.
    """
    if claim.covers is None:
        lacks = _lacks(probe)
        lacking = [part.check for part in mistake.wrong if str(part.asked.outcome.failure) in lacks]
        of_calls = dict.fromkeys([*mistake.checks_of_calls, *lacking])
        checks = [check for check in of_calls if not _raises_apart(check, probe, mistake)]
        unseen = _unseen(claim, evidence, mistake) if claim.of_what_is_seen and not probe.of_an_entry else frozenset()
        aside = _by_side_effects_alone(claim, probe, evidence, mistake)
        theirs = [part for part in mistake.wrong if part.check not in aside]
        return replace(mistake, wrong=theirs), [check for check in checks if check not in unseen | aside]
    meant = {id(case.call): claim.covers(case) for case in probe.wrong}
    calls = [{id(asked.call) for asked in evidence.calls_in(part)} & meant.keys() for part in mistake.wrong]
    told: dict[str, list[bool]] = {}
    for part, its in zip(mistake.wrong, calls, strict=True):
        told.setdefault(part.check, []).extend(meant[call] for call in its)
    if not any(told.values()):  # no call of a check can be told from another
        return mistake, mistake.checks_of_calls
    checks = [check for check, each in told.items() if each and all(each)]
    checks = checks or [check for check, each in told.items() if any(each)]
    its_own = [part for part, its in zip(mistake.wrong, calls, strict=True) if any(meant[call] for call in its)]
    return replace(mistake, wrong=its_own, scope=", ".join(filter(None, [claim.scope, mistake.scope]))), checks


def _unseen(claim: Claim, evidence: Evidence, mistake: Mistake) -> frozenset[str]:
    """The checks that look at other entries of the answer only than those of which something is so."""
    whole = {each.result.id: each.agree.last for each in evidence.examined}
    seen: dict[str, bool] = {}
    for part in mistake.wrong:
        last, call, reference = whole.get(part.check), part.asked.call, evidence.judge.reference
        if last is not None and call is not None and reference is not None:
            right = tried(call.ask, reference)
            told = claim.holds(Case(as_looked_at(part.asked, right, last), call, right))
            seen[part.check] = seen.get(part.check, False) or told is not False
    return frozenset(check for check, told in seen.items() if not told)


def _by_side_effects_alone(claim: Claim, probe: Probe, evidence: Evidence, mistake: Mistake) -> frozenset[str]:
    """The checks that a changed argument or a warning alone fails: of those a claim on answers tells nothing."""
    if all(case.right_but_for_side_effects for case in probe.wrong):
        return frozenset()
    cases = {id(case.call): case for case in probe.wrong}
    told: dict[str, bool] = {}
    for part in mistake.wrong:
        its = [cases[id(asked.call)] for asked in evidence.calls_in(part) if id(asked.call) in cases]
        aside = bool(its) and all(case.right_but_for_side_effects and claim.holds(case) is None for case in its)
        told[part.check] = told.get(part.check, True) and aside
    return frozenset(check for check, aside in told.items() if aside)


def _raises_apart(check: str, probe: Probe, mistake: Mistake) -> bool:
    """Whether a check fails by gradients alone for which there is none, for a reason that no plain answer lacks."""
    asked = [part.asked for part in mistake.wrong if part.check == check]
    raising = all(each.outcome.failure and (each.call is None or each.call.gradient) for each in asked)
    if not raising or any(case.raised for case in probe.wrong):
        return False
    known = _lacks(probe)
    return not all(str(each.outcome.failure) in known for each in asked)


def _lacks(probe: Probe) -> frozenset[str]:
    """What plain questions say that a module hasn't got: so do others that need it."""
    failures = (case.answer.failure for case in probe.wrong)
    return frozenset(str(each) for each in failures if isinstance(each, ProgramMissing))
