"""The behaviours in the order in which they are looked for, and what confirms a claim before it is made.

A claim is about one function. It must hold in every call that the checks made of it, right ones too, and in questions
that nobody was asked; where it is about some arguments only, in all calls with those.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from types import ModuleType

from autograder.grading.asking import Asked, Outcome, agrees, leaves, tried
from autograder.grading.explaining.behaviours import (
    argument_changed,
    argument_ignored,
    argument_returned,
    arguments_permuted,
    constant_answer,
    entries_wrong,
    exception_at_times,
    exception_differs,
    exception_raised,
    less_precise,
    nondeterministic,
    number_added,
    number_multiplied,
    other_argument,
    other_entries,
    other_form,
    other_function,
    others_are_right,
    part_wrong,
    remembered,
    warned,
)
from autograder.grading.explaining.behaviours.probe import Case, Claim, Probe, parameter_names
from autograder.grading.explaining.behaviours.scope import Scope, scopes
from autograder.grading.explaining.evidence import Evidence, Mistake
from autograder.grading.report import Explanation
from autograder.language import tr
from autograder.sandbox.program import Called, Program

#: What is plain to see comes first, then what explains most.
BEHAVIOURS: tuple[ModuleType, ...] = (
    remembered,
    nondeterministic,
    exception_differs,
    exception_raised,
    other_form,
    argument_changed,
    warned,
    constant_answer,
    argument_returned,
    less_precise,
    arguments_permuted,
    number_multiplied,
    number_added,
    other_entries,
    other_function,
    other_argument,
    argument_ignored,
)
#: What only says where it goes wrong is said where none of these holds, of some arguments neither.
PLACES: tuple[ModuleType, ...] = (exception_at_times, entries_wrong, part_wrong, others_are_right)
#: Those that need two different wrong answers to be believed: of one alone too many things are true.
_OF_SEVERAL_ANSWERS = BEHAVIOURS[BEHAVIOURS.index(argument_returned) :]
#: Seeds by which checks are drawn once more; their questions are the same for every submission.
_SEEDS = ("", "1")
#: Fresh cases that are enough.
_FRESH = 8


def explain(evidence: Evidence, mistakes: Sequence[Mistake]) -> Iterator[tuple[Mistake, Explanation]]:
    """The mistakes that are one of these behaviours, each with it."""
    for mistake in mistakes:
        probe = _probe(evidence, mistake)
        claim = _first(probe, evidence) if probe is not None and probe.wrong else None
        if probe is not None and claim is not None:
            title = f"{probe.function}: {claim.title}"
            yield mistake, Explanation("behaviour", title, claim.text, None, claim.line, mistake.checks)


def _first(probe: Probe, evidence: Evidence) -> Claim | None:
    """The first claim that holds throughout, or throughout one scope of arguments."""
    for behaviours in (BEHAVIOURS, PLACES):
        for scope in scopes(probe):
            if evidence.seconds_left <= 0:
                return None
            narrowed = probe.within([case for case in probe.cases if scope.holds(case)])
            for behaviour, claim in _claims(narrowed, behaviours):
                if evidence.seconds_left <= 0:
                    return None
                if confirmed(claim, narrowed.cases) and (behaviour is not others_are_right or scope.stands(narrowed)):
                    return _said(claim, scope)
    return None


def _claims(probe: Probe, behaviours: Sequence[ModuleType]) -> Iterator[tuple[ModuleType, Claim]]:
    varied = probe.varied
    for behaviour in behaviours:
        if varied or behaviour not in _OF_SEVERAL_ANSWERS:
            for claim in behaviour.claims(probe):
                yield behaviour, claim


def confirmed(claim: Claim, cases: Sequence[Case]) -> bool:
    """Whether it holds in all cases, and tells why one is wrong: a fresh one, if any of those is."""
    telling = fresh = 0
    for case in cases:
        verdict = claim.holds(case)
        if verdict is False:
            return False
        telling += verdict is True
        fresh += verdict is True and case.fresh
    return telling > 0 and (fresh > 0 or not any(case.fresh and case.wrong for case in cases))


def _said(claim: Claim, scope: Scope) -> Claim:
    if not scope.text:
        return claim
    return Claim(
        f"{claim.title}, {scope.text}",
        tr("{text} That is so {scope}.", text=claim.text, scope=scope.text),
        claim.holds,
        claim.line,
    )


def _probe(evidence: Evidence, mistake: Mistake) -> Probe | None:
    """What is asked about a mistake in one function; None where no reference is there to say what is right."""
    reference = evidence.judge.reference
    if reference is None or len(mistake.functions) != 1:
        return None
    (function,) = mistake.functions
    seen = [
        Case(part.asked, part.asked.call, tried(part.asked.ask, reference))
        for part in evidence.about(mistake)
        if part.asked.call is not None
    ]
    if not all(_is_steady(case, reference) for case in seen):
        return None
    exercise = evidence.judge.exercise
    parameters = [*exercise.parameters(function)] or parameter_names(exercise.stub, function)

    def again(call: Called) -> Outcome:
        with evidence.graded() as program:
            return tried(call.ask, program)

    def anew(call: Called) -> Outcome:
        with evidence.once_more() as program:
            return tried(call.ask, program)

    cases = [*_fresh(evidence, mistake, again), *seen]
    cases = sorted({id(case.call): case for case in cases}.values(), key=lambda case: not case.wrong)
    return Probe(
        function,
        evidence.submission.source,
        cases,
        parameters,
        again,
        anew,
        lambda call: tried(call.ask, reference),
        evidence.variant,
        evidence.judge.known_answers,
    )


def _is_steady(case: Case, reference: Program) -> bool:
    """Whether the functions among a call's arguments, if there are any, gave the reference the same once more.

    One of the check's own can count its calls; then what is asked twice isn't the same question.
    """
    taken = leaves([*case.call.arguments, case.call.keywords])
    if not any(map(callable, taken)):
        return True
    return agrees(replace(case.asked, outcome=tried(case.asked.ask, reference)), case.right)


def _fresh(evidence: Evidence, mistake: Mistake, again: Callable[[Called], Outcome]) -> list[Case]:
    """Calls of the mistaken function in the checks drawn once more: of those that failed first.

    They come before what the checks asked, for what is asked further about them is the same for all submissions.
    """
    found: list[Case] = []
    checks = sorted((each.result.id for each in evidence.examined), key=lambda check: check not in mistake.checks)
    for seed in _SEEDS:
        for check in checks:
            for asked, call in evidence.drawn_calls(check, seed):
                if len(found) >= _FRESH or evidence.seconds_left <= 0:
                    return found
                if call.name in mistake.functions:
                    outcome = again(call)
                    mine = Asked(call.ask, outcome, asked.tolerance, asked.keep_arguments, asked.quiet, call.name)
                    found.append(Case(mine, call, Outcome.of(call), fresh=True))
    return found
