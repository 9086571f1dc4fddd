"""The finder of behaviours: which kinds of claim are looked for at which time, and the explanation that one becomes.

It must not know how a claim is confirmed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

import msgspec

from autograder.grading.explaining.behaviours import exception_among_others, gradient_cut, remembered, uncalled
from autograder.grading.explaining.behaviours.cases import asked_further, probe_of
from autograder.grading.explaining.behaviours.catalogue import (
    AT_TIMES,
    BEHAVIOURS,
    OF_FREE_ANSWERS,
    OF_GRADIENTS,
    PLACES,
    PLACES_OF_FREE_ANSWERS,
)
from autograder.grading.explaining.behaviours.choosing import SIDES, claim_of, first_claim
from autograder.grading.explaining.behaviours.claim import Case, Claim
from autograder.grading.explaining.behaviours.coverage import explained_part
from autograder.grading.explaining.behaviours.probe import Probe
from autograder.grading.explaining.behaviours.scope import (
    Scope,
    by_side_effects,
    by_size,
    given,
    may_be_of_size,
    values,
)
from autograder.grading.explaining.evidence import Evidence, Mistake
from autograder.grading.explaining.used_functions import directly_used, wrong_without
from autograder.grading.report import Explanation
from autograder.language import tr, tr_n


class Behaviours:
    """What is asked about one submission's mistakes, to name what it does. What was asked of one is kept."""

    def __init__(self) -> None:
        self._probes: dict[tuple[object, ...], Probe | None] = {}
        self._waiting: dict[tuple[object, ...], tuple[Mistake, Explanation, str]] = {}

    def named(self, evidence: Evidence, mistakes: Sequence[Mistake]) -> Iterator[tuple[Mistake, Explanation]]:
        """The mistakes of which can be said what the function does."""
        for mistake in mistakes:
            for behaviour in (uncalled, remembered):
                if (said := behaviour.of_whole_questions(evidence, mistake)) is not None:
                    yield mistake, said
                    break
        yield from self._explain(evidence, mistakes, _named)

    def with_line(self, mistake: Mistake, line: Explanation) -> tuple[Mistake, Explanation]:
        """A line, said after what a function does, where that waits for it and the line mends all of that."""
        part, said, _ = self._waiting.get(_which(mistake), (mistake, None, ""))
        its = line.kind == "line" and {*line.functions} <= mistake.functions
        if said is None or not its or not {*said.checks} <= {*line.checks}:
            return mistake, line
        both = msgspec.structs.replace(said, text=f"{said.text} {line.text}", line=line.line, checks=line.checks)
        return part, both

    def without_line(self, evidence: Evidence, mistakes: Sequence[Mistake]) -> Iterator[tuple[Mistake, Explanation]]:
        """The mistakes of which something waited to be said until a line was looked for, and none was found."""
        for mistake in mistakes:
            if _which(mistake) in self._waiting:
                part, said, rest = self._waiting[_which(mistake)]
                yield part, _followed_by(rest, said)

    def named_in_part(self, evidence: Evidence, mistakes: Sequence[Mistake]) -> Iterator[tuple[Mistake, Explanation]]:
        """The mistakes of which can be said what the function does for one word among its arguments, and no more."""
        return self._explain(evidence, mistakes, _named_in_part)

    def placed(self, evidence: Evidence, mistakes: Sequence[Mistake]) -> Iterator[tuple[Mistake, Explanation]]:
        """The mistakes of which can be said where, or to which side, the function goes wrong, and no more."""
        return self._explain(evidence, mistakes, _placed)

    def _explain(
        self,
        evidence: Evidence,
        mistakes: Sequence[Mistake],
        claimed: Callable[[Probe, Evidence, Mistake], Claim | None],
    ) -> Iterator[tuple[Mistake, Explanation]]:
        for mistake in (each for each in mistakes if not each.of_arguments):  # of which its check tells all
            probe = self._probe(evidence, mistake)
            claim = claimed(probe, evidence, mistake) if probe is not None and probe.wrong else None
            if probe is not None and claim is not None:
                part, checks = explained_part(claim, probe, evidence, mistake)
                cut = _of_gradients(probe, evidence, mistake) if checks else None
                others = [check for check in checks if cut is None or check not in cut.checks]
                if said := _explanation(probe, _in_entry(claim, mistake), others):
                    said = msgspec.structs.replace(said, scope=part.scope)
                    rest = claim.without_line or ""
                    if claimed is _named and claim.without_line is not None and said.checks == mistake.checks:
                        self._waiting[_which(mistake)] = part, said, rest
                    else:
                        yield part, _followed_by(rest, said)
                if cut is not None:
                    yield mistake, cut
            besides = claim.covers is not None if claim is not None else claimed is _placed
            if probe is not None and besides and not evidence.is_free(mistake) and not probe.of_gradients:
                yield from _raised_besides(claim, probe, evidence, mistake)

    def _probe(self, evidence: Evidence, mistake: Mistake) -> Probe | None:
        key = _which(mistake)
        if key not in self._probes:
            if mistake.entry is None:
                self._probes[key] = probe_of(evidence, mistake)
            else:
                whole = self._probe(evidence, replace(mistake, entry=None))
                self._probes[key] = whole and whole.of_entry(mistake.entry)
        return self._probes[key]


def _which(mistake: Mistake) -> tuple[object, ...]:
    return mistake.functions, mistake.refusals, mistake.entry


def _followed_by(rest: str, said: Explanation) -> Explanation:
    return msgspec.structs.replace(said, text=f"{said.text} {rest}".rstrip())


def _named(probe: Probe, evidence: Evidence, mistake: Mistake) -> Claim | None:
    if evidence.is_free(mistake):
        return claim_of(probe, evidence, OF_FREE_ANSWERS)
    if probe.of_gradients:
        return claim_of(probe, evidence, OF_GRADIENTS)
    return (
        _unless_refuted(claim_of(probe, evidence, BEHAVIOURS), probe, evidence, mistake)
        or first_claim(probe, evidence, BEHAVIOURS, by_side_effects(probe))
        or claim_of(probe, evidence, AT_TIMES)
    )


def _unless_refuted(claim: Claim | None, probe: Probe, evidence: Evidence, mistake: Mistake) -> Claim | None:
    """A claim, but not that nothing is refused, or all answered alike, if it is otherwise where nobody had asked."""
    if claim is None or not (claim.says_refused or claim.says_always):
        return claim
    further = asked_further(probe, evidence, mistake, refused=claim.says_refused)
    cases = [case for case in further.cases if claim.covers is None or claim.covers(case)]
    if claim.says_refused:
        return None if any(case.refusal is not None and not case.wrong for case in cases) else claim
    return None if any(case.fresh and claim.holds(case) is False for case in cases) else claim


def _named_in_part(probe: Probe, evidence: Evidence, mistake: Mistake) -> Claim | None:
    apart = evidence.is_free(mistake) or probe.of_gradients
    places = chain(
        _answering(probe),
        _answered(probe),
        by_side_effects(probe),
        _without_used(probe, evidence, mistake),
        given(probe),
        values(probe),
    )
    own = {id(asked.call) for part in mistake.wrong for asked in evidence.calls_in(part)}
    left = [case for case in probe.wrong if id(case.call) in own]
    meant = (scope for scope in places if not mistake.partly or any(map(scope.holds, left)))
    found = None if apart else first_claim(probe, evidence, BEHAVIOURS, meant)
    return _unless_refuted(found, probe, evidence, mistake)


def _answering(probe: Probe) -> Iterator[Scope]:
    """All cases to which an answer is promised, where some go wrong, and others are to be refused."""
    wrong = any(case.refusal is None for case in probe.wrong)
    if wrong and any(case.refusal is not None for case in probe.cases):
        yield Scope(tr(SIDES[False]), lambda case: case.refusal is None)


def _answered(probe: Probe) -> Iterator[Scope]:
    """All cases that get an answer, where some wrong ones get one and others raise an exception, or give nothing.

    Of what is to be refused that would say nothing.
    """
    answers = [_is_answered(case) for case in probe.wrong if case.refusal is None]
    if any(answers) and not all(answers):
        yield Scope(tr("where it answers at all"), _is_answered)


def _is_answered(case: Case) -> bool:
    return case.answer.failure is None and case.answer.value is not None


def _without_used(probe: Probe, evidence: Evidence, mistake: Mistake) -> Iterator[Scope]:
    """The cases that go wrong though what the function uses, and goes wrong itself, is right in them."""
    used = directly_used(evidence, mistake.functions)
    right = {id(case) for case in probe.cases if used and wrong_without(evidence, case.call, used)}
    if any(id(case) in right for case in probe.wrong):
        names = tr(" and ").join(used)
        text = tr_n("where {names} answers rightly", "where {names} answer rightly", len(used), names=names)
        yield Scope(text, lambda case: id(case) in right)


def _placed(probe: Probe, evidence: Evidence, mistake: Mistake) -> Claim | None:
    if evidence.is_free(mistake):
        return claim_of(probe, evidence, PLACES_OF_FREE_ANSWERS)
    if probe.of_gradients:
        return None
    # A line says more than for which right answers something is so.
    if not may_be_of_size(probe):
        return claim_of(probe, evidence, PLACES)
    further = asked_further(probe, evidence, mistake, refused=False)
    return (
        first_claim(further, evidence, BEHAVIOURS, by_size(further))
        or claim_of(probe, evidence, PLACES)
        or first_claim(further, evidence, PLACES, by_size(further))
    )


def _of_gradients(probe: Probe, evidence: Evidence, mistake: Mistake) -> Explanation | None:
    """What cuts gradients whose plain answers are right, where others are wrong: no reason of those explains that."""
    apart = gradient_cut.of_right_answers(probe)
    theirs = {id(case.call) for case in apart.wrong}
    others = {part.check for part in mistake.wrong if id(part.asked.call) not in theirs}
    checks = [check for check in mistake.checks if check not in others]
    claim = claim_of(apart, evidence, OF_GRADIENTS) if checks else None
    if claim is None:
        return None
    scope = tr("that are answered rightly")
    text = tr("This is only about calls {scope}. {text}", scope=scope, text=claim.text)
    return _explanation(probe, replace(claim, text=text), checks)


def _raised_besides(
    claim: Claim | None, probe: Probe, evidence: Evidence, mistake: Mistake
) -> Iterator[tuple[Mistake, Explanation]]:
    """What raises an exception, or gives nothing, among the calls of which a claim says nothing: each line is told."""
    told = claim.covers if claim is not None else None
    while probe.wrong:
        probe = replace(probe, cases=[case for case in probe.cases if not (case.wrong and told and told(case))])
        other = next(exception_among_others.claims(probe), None) if probe.wrong else None
        if other is None or other.covers is None:
            return
        part, checks = explained_part(other, probe, evidence, mistake)
        if part is not mistake and (said := _explanation(probe, _in_entry(other, mistake), checks)):
            yield part, said
        told = other.covers


def _explanation(probe: Probe, claim: Claim, checks: list[str]) -> Explanation | None:
    title = f"{probe.function}: {claim.title}"
    return Explanation("behaviour", title, claim.text, None, claim.line, checks) if checks else None


def _in_entry(claim: Claim, mistake: Mistake) -> Claim:
    """The same said of one entry of the answers, if a mistake is about one alone."""
    if mistake.entry is None:
        return claim
    text = tr("This is only about what it returns {scope}. {text}", scope=mistake.scope, text=claim.text)
    return replace(claim, title=f"{claim.title}, {mistake.scope}", text=text)
