"""The behaviours in the order in which they are looked for, and what confirms a claim before it is made.

A claim is about one function. It must hold in every call that the checks made of it, right ones too, and in questions
that nobody was asked; where it is about some arguments only, in all calls with those.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from types import ModuleType

import msgspec

from autograder.grading.asking import Asked, Outcome, agrees, as_looked_at, leaves, tried
from autograder.grading.explaining.behaviours import (
    argument_changed,
    argument_ignored,
    argument_returned,
    arguments_permuted,
    constant_answer,
    default_differs,
    entries_reordered,
    entries_wrong,
    exception_among_others,
    exception_at_times,
    exception_differs,
    exception_raised,
    free_form,
    gradient_cut,
    less_precise,
    nondeterministic,
    none_inside,
    number_added,
    number_multiplied,
    other_argument,
    other_axes,
    other_entries,
    other_form,
    other_function,
    other_kind,
    other_mode,
    others_are_right,
    parameter_missing,
    part_wrong,
    parts_misplaced,
    places_for_entries,
    proportional,
    quantity_of_argument,
    remembered,
    scaling,
    settled_entries,
    spelling,
    text_made_plainer,
    too_large,
    uncalled,
    warned,
    word_for_word,
    word_for_word_at_times,
)
from autograder.grading.explaining.behaviours.probe import (
    Case,
    Claim,
    Probe,
    Replay,
    parameter_defaults,
    parameter_names,
    parts_with_wrong_numbers,
)
from autograder.grading.explaining.behaviours.scope import (
    Scope,
    by_side_effects,
    by_size,
    given,
    may_be_of_size,
    scopes,
    values,
)
from autograder.grading.explaining.evidence import Evidence, Mistake
from autograder.grading.explaining.used_functions import directly_used, wrong_without
from autograder.grading.report import Explanation
from autograder.language import later, tr, tr_n
from autograder.sandbox.bench import Came
from autograder.sandbox.failures import ProgramError, ProgramMissing
from autograder.sandbox.program import Called, Program

#: What is plain to see comes first, then what explains most.
BEHAVIOURS: tuple[ModuleType, ...] = (
    parameter_missing,
    remembered,
    nondeterministic,
    exception_differs,
    exception_raised,
    none_inside,
    parts_misplaced,
    other_form,
    argument_changed,
    warned,
    default_differs,
    constant_answer,
    spelling,
    word_for_word,
    other_mode,
    argument_returned,
    places_for_entries,
    less_precise,
    arguments_permuted,
    number_multiplied,
    number_added,
    other_entries,
    other_function,
    quantity_of_argument,
    other_argument,
    argument_ignored,
)
#: What is so of some arguments, with no word on which.
AT_TIMES: tuple[ModuleType, ...] = (exception_at_times,)
#: What is so of a module's gradients, where its plain answers are right.
OF_GRADIENTS: tuple[ModuleType, ...] = (gradient_cut,)
#: What can be so where many answers are right; these hold none against the reference's.
OF_FREE_ANSWERS: tuple[ModuleType, ...] = (
    nondeterministic,
    exception_raised,
    other_kind,
    constant_answer,
    argument_ignored,
)
#: What says of such answers only that a part of them is of another form, or wrong, is said last.
PLACES_OF_FREE_ANSWERS: tuple[ModuleType, ...] = (free_form, settled_entries)
#: What only says where it goes wrong, to which side, or that another kind of thing is wanted, is said last.
PLACES: tuple[ModuleType, ...] = (
    text_made_plainer,
    exception_among_others,
    entries_reordered,
    other_kind,
    other_axes,
    proportional,
    scaling,
    entries_wrong,
    part_wrong,
    others_are_right,
    word_for_word_at_times,
    too_large,
)
#: Those that need two different wrong answers to be believed: of one alone too many things are true.
_OF_SEVERAL_ANSWERS = BEHAVIOURS[BEHAVIOURS.index(argument_returned) :]
#: What is so of an answer as a whole, and never of one entry of it alone.
_OF_WHOLE_ANSWERS = (
    *BEHAVIOURS[: BEHAVIOURS.index(parts_misplaced)],
    *AT_TIMES,
    argument_changed,
    warned,
    exception_among_others,
)
#: Seeds by which checks are drawn once more; their questions are the same for every submission.
_SEEDS = ("", "1")
#: Fresh cases that are enough.
_FRESH = 8
#: Seeds by which they are drawn before what is so of some sizes alone is told; how many are asked then, and how many
#: wrong answers, and right ones, are enough.
_FURTHER = tuple(f"a size {draw}" for draw in range(12))
_MOST_FURTHER, _ENOUGH = 80, 6
#: How many of these seeds, and of their questions, do before it is told that nothing is refused: many refuse nothing.
_FURTHER_REFUSED, _MOST_REFUSED = 4, 16
#: Entries of which one may be left out.
_LEAST_SHORTENED = 2
#: What is told of wrong calls alone: of the same ones, no scope makes anything else.
_OF_WRONG_CALLS = (remembered, nondeterministic, argument_changed)
_SIDES = {False: later("where an answer is promised"), True: later("where it should refuse")}


class Behaviours:
    """What is asked about one submission's mistakes, to name what it does. What was asked of one is kept."""

    def __init__(self) -> None:
        self._probes: dict[tuple[object, ...], Probe | None] = {}

    def named(self, evidence: Evidence, mistakes: Sequence[Mistake]) -> Iterator[tuple[Mistake, Explanation]]:
        """The mistakes of which can be said what the function does."""
        for mistake in mistakes:
            for behaviour in (uncalled, remembered):
                if (said := behaviour.of_whole_questions(evidence, mistake)) is not None:
                    yield mistake, said
                    break
        yield from self._explain(evidence, mistakes, _named)

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
                covered, checks = _covered(claim, probe, evidence, mistake)
                cut = _of_gradients(probe, evidence, mistake) if checks else None
                others = [check for check in checks if cut is None or check not in cut.checks]
                if said := _explanation(probe, _in_entry(claim, mistake), others):
                    yield covered, msgspec.structs.replace(said, scope=covered.scope)
                if cut is not None:
                    yield mistake, cut
            besides = claim.covers is not None if claim is not None else claimed is _placed
            if probe is not None and besides and not evidence.is_free(mistake) and not probe.of_gradients:
                yield from _raised_besides(claim, probe, evidence, mistake)

    def _probe(self, evidence: Evidence, mistake: Mistake) -> Probe | None:
        key = mistake.functions, mistake.refusals, mistake.entry
        if key not in self._probes:
            if mistake.entry is None:
                self._probes[key] = _probe(evidence, mistake)
            else:
                whole = self._probe(evidence, replace(mistake, entry=None))
                self._probes[key] = whole and whole.of_entry(mistake.entry)
        return self._probes[key]


def _explanation(probe: Probe, claim: Claim, checks: list[str]) -> Explanation | None:
    title = f"{probe.function}: {claim.title}"
    return Explanation("behaviour", title, claim.text, None, claim.line, checks) if checks else None


def _in_entry(claim: Claim, mistake: Mistake) -> Claim:
    """The same said of one entry of the answers, if a mistake is about one alone."""
    if mistake.entry is None:
        return claim
    text = tr("This is only about what it returns {scope}. {text}", scope=mistake.scope, text=claim.text)
    return replace(claim, title=f"{claim.title}, {mistake.scope}", text=text)


def _of_gradients(probe: Probe, evidence: Evidence, mistake: Mistake) -> Explanation | None:
    """What cuts gradients whose plain answers are right, where others are wrong: no reason of those explains that."""
    apart = gradient_cut.of_right_answers(probe)
    theirs = {id(case.call) for case in apart.wrong}
    others = {part.check for part in mistake.wrong if id(part.asked.call) not in theirs}
    checks = [check for check in mistake.checks if check not in others]
    claim = _claim(apart, evidence, OF_GRADIENTS) if checks else None
    if claim is None:
        return None
    scope = tr("that are answered rightly")
    text = tr("This is only about calls {scope}. {text}", scope=scope, text=claim.text)
    return _explanation(probe, replace(claim, text=text), checks)


def _covered(claim: Claim, probe: Probe, evidence: Evidence, mistake: Mistake) -> tuple[Mistake, list[str]]:
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
        covered, checks = _covered(other, probe, evidence, mistake)
        if covered is not mistake and (said := _explanation(probe, _in_entry(other, mistake), checks)):
            yield covered, said
        told = other.covers


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


def _named(probe: Probe, evidence: Evidence, mistake: Mistake) -> Claim | None:
    if evidence.is_free(mistake):
        return _claim(probe, evidence, OF_FREE_ANSWERS)
    if probe.of_gradients:
        return _claim(probe, evidence, OF_GRADIENTS)
    return (
        _unless_refuted(_claim(probe, evidence, BEHAVIOURS), probe, evidence, mistake)
        or _first(probe, evidence, BEHAVIOURS, by_side_effects(probe))
        or _claim(probe, evidence, AT_TIMES)
    )


def _unless_refuted(claim: Claim | None, probe: Probe, evidence: Evidence, mistake: Mistake) -> Claim | None:
    """A claim, but not that nothing is refused, or all answered alike, if it is otherwise where nobody had asked."""
    if claim is None or not (claim.says_refused or claim.says_always):
        return claim
    further = _asked_further(probe, evidence, mistake, refused=claim.says_refused)
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
    found = None if apart else _first(probe, evidence, BEHAVIOURS, meant)
    return _unless_refuted(found, probe, evidence, mistake)


def _answering(probe: Probe) -> Iterator[Scope]:
    """All cases to which an answer is promised, where some go wrong, and others are to be refused."""
    wrong = any(case.refusal is None for case in probe.wrong)
    if wrong and any(case.refusal is not None for case in probe.cases):
        yield Scope(tr(_SIDES[False]), lambda case: case.refusal is None)


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
        return _claim(probe, evidence, PLACES_OF_FREE_ANSWERS)
    if probe.of_gradients:
        return None
    # A line says more than for which right answers something is so.
    if not may_be_of_size(probe):
        return _claim(probe, evidence, PLACES)
    further = _asked_further(probe, evidence, mistake, refused=False)
    return (
        _first(further, evidence, BEHAVIOURS, by_size(further))
        or _claim(probe, evidence, PLACES)
        or _first(further, evidence, PLACES, by_size(further))
    )


def _asked_further(probe: Probe, evidence: Evidence, mistake: Mistake, *, refused: bool) -> Probe:
    """The same with what more questions of its checks get, drawn anew, or made of those that were asked: of those that
    are to be refused, or of those to be answered.
    """
    asked = {case.call.question for case in probe.cases}
    found: list[Case] = []
    most = _MOST_REFUSED if refused else _MOST_FURTHER
    for call in _further(evidence, mistake, refused=refused):
        wrong = sum(case.wrong for case in found)
        enough = min(wrong, len(found) - wrong) >= _ENOUGH
        if enough or len(found) >= most or evidence.seconds_left <= 0:
            break
        question = call.question
        if question in asked:
            continue
        asked.add(question)
        right = probe.rightly(call)
        if refused is isinstance(right.failure, ProgramError):
            mine = replace(probe.wrong[0].asked, ask=call.ask, outcome=probe.again(call))
            found.append(Case(mine, call, right, fresh=True))
    cases = sorted([*probe.cases, *found], key=lambda case: not case.wrong)
    return replace(probe, cases=cases, refuted=set())


def _further(evidence: Evidence, mistake: Mistake, *, refused: bool) -> Iterator[Called]:
    from autograder.grading.explaining.repair.crossed import crossed

    checks = mistake.checks if refused else [*dict.fromkeys(part.check for part in evidence.about(mistake))]
    for seed in _FURTHER[: _FURTHER_REFUSED if refused else None]:
        for check in checks:
            yield from (call for _, call in evidence.drawn_calls(check, seed) if _is_about(call, mistake))
    made = () if refused else crossed([part.asked for part in evidence.about(mistake)])
    yield from (each.call for each in made if each.call is not None and _is_about(each.call, mistake))


def _is_about(call: Called, mistake: Mistake) -> bool:
    return call.name in mistake.functions and not call.gradient


def _claim(probe: Probe, evidence: Evidence, behaviours: Sequence[ModuleType]) -> Claim | None:
    return _first(probe, evidence, behaviours, scopes(probe))


def _first(probe: Probe, evidence: Evidence, behaviours: Sequence[ModuleType], places: Iterable[Scope]) -> Claim | None:
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
        if probe.of_an_entry and behaviour in _OF_WHOLE_ANSWERS:
            continue
        if behaviour in _OF_WRONG_CALLS:
            if (behaviour, wrong) in probe.refuted:
                continue
            probe.refuted.add((behaviour, wrong))
        if varied or behaviour not in _OF_SEVERAL_ANSWERS:
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


def confirmed(claim: Claim, cases: Sequence[Case]) -> bool:
    """Whether it holds in all cases, and tells why one is wrong: a fresh one, if any of those is."""
    return _refuting(claim, cases) is None


def _refuting(claim: Claim, cases: Sequence[Case]) -> Case | bool | None:
    """The case in which a claim doesn't hold; False if it holds in all and tells nothing; None if it is confirmed."""
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
    side = "" if refusals is None or claim.says_refused else tr(_SIDES[refusals])
    if where := scope.text or side:
        claim = replace(claim, title=f"{claim.title}, {where}")
    if behaviour is others_are_right:  # which says of the others what its title says of these
        return claim
    side = "" if behaviour is exception_differs else side  # which is about what is to be refused, and nothing else
    if said := tr(" and ").join(filter(None, [scope.text, side])):
        text = tr("This is only about calls {scope}. {text}", text=claim.text, scope=said)
        return replace(claim, text=text)
    return claim


def _probe(evidence: Evidence, mistake: Mistake) -> Probe | None:
    """What is asked about a mistake in one function; None where no reference is there to say what is right."""
    reference = evidence.judge.reference
    if reference is None or len(mistake.functions) != 1:
        return None
    (function,) = mistake.functions
    seen = _seen(evidence, mistake, reference)
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

    fresh = _fresh(evidence, mistake, again)
    drawn = {call.question for check in mistake.checks for _, call in evidence.drawn_calls(check, _SEEDS[0])}
    # A check that draws nothing asks the same again: of such, other questions have to be made.
    fixed = any(case.wrong and case.call.question in drawn for case in seen)
    made = _shortened(evidence, [*seen, *fresh], again, reference) if fixed else []
    cases = [*fresh, *seen, *made]
    cases = [case for case in cases if mistake.refusals in (None, case.refusal is not None)]
    cases = sorted({id(case.call): case for case in cases}.values(), key=lambda case: not case.wrong)
    every = _seen(evidence, replace(mistake, refusals=None), reference) if mistake.refusals else []
    plain = [case for case in cases if not case.call.gradient]
    # What a gradient is of says more than the gradient, where both are wrong.
    gradients = [case for case in cases if case.call.gradient]
    beside = any(case.wrong for case in plain)
    cases = plain if beside else gradients or plain
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
        parameter_defaults(exercise.stub, function),
        refusals=mistake.refusals,
        gradients=gradients if beside else (),
        replays=_replays(evidence, mistake, reference) if evidence.is_free(mistake) else (),
        answered=[case for case in every if case.refusal is None],
    )


def _replays(evidence: Evidence, mistake: Mistake, reference: Program) -> list[Replay]:
    from autograder.grading.explaining.repair.replay import replayed

    return [
        Replay(call, lambda value, question=question: all(question.accepts(Came(value))))  # type: ignore[misc]
        for part in mistake.wrong
        for call, question in replayed(reference, part)
        if call.name in mistake.functions
    ]


def _seen(evidence: Evidence, mistake: Mistake, reference: Program) -> list[Case]:
    """The calls that the checks made of a mistaken function."""
    seen = (
        Case(asked, asked.call, tried(asked.ask, reference))
        for part in evidence.about(mistake)
        for asked in evidence.calls_in(part)
        if asked.call is not None
    )
    return [case for case in seen if case.wrong or not _is_in_other_form(case)]


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
                    case = Case(mine, call, Outcome.of(call), fresh=True)
                    # Right numbers in another form, where the check may leave the form free, tell nothing.
                    if case.wrong or not _is_in_other_form(case):
                        found.append(case)
    return found


def _shortened(
    evidence: Evidence, seen: Sequence[Case], again: Callable[[Called], Outcome], reference: Program
) -> list[Case]:
    """The calls that were seen, with a list or a text among their arguments one entry shorter, if that has an answer.

    What is in order stays so, and what is of one kind. They come last: no text shows what nobody was asked.
    """
    found: list[Case] = []
    for case in seen:
        for place, value in enumerate(case.call.arguments):
            if not isinstance(value, list | tuple | str) or len(value) < _LEAST_SHORTENED:
                continue
            if len(found) >= _FRESH or evidence.seconds_left <= 0:
                return found
            arguments = [*case.call.arguments]
            arguments[place] = value[:-1]
            call = Called(case.call.name, tuple(arguments), case.call.keywords)
            right = tried(call.ask, reference)
            if right.failure is None:
                mine = replace(case.asked, ask=call.ask, outcome=again(call), call=None)
                found.append(Case(mine, call, right, fresh=True))
    return found


def _is_in_other_form(case: Case) -> bool:
    """Whether an answer would be wrong where its form counts."""
    return (
        case.asked.tolerance.equal == "lenient"
        and replace(case, asked=replace(case.asked, tolerance=replace(case.asked.tolerance, equal="usual"))).wrong
    )
