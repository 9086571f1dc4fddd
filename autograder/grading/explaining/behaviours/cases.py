"""The cases of a mistake: what the checks asked of its function, and what it is asked besides, which nobody had asked.

It must not know what is claimed of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace

from autograder.grading.asking import Asked, Outcome, agrees, leaves, tried
from autograder.grading.explaining.behaviours.claim import Case
from autograder.grading.explaining.behaviours.probe import Asking, Probe, Replay
from autograder.grading.explaining.behaviours.signatures import parameter_defaults, parameter_names
from autograder.grading.explaining.evidence import Evidence, Mistake
from autograder.sandbox.bench import Came
from autograder.sandbox.failures import ProgramError
from autograder.sandbox.program import Called, Program

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


def probe_of(evidence: Evidence, mistake: Mistake) -> Probe | None:
    """What is asked about a mistake in one function; None where no reference is there to say what is right."""
    reference = evidence.judge.reference
    if reference is None or len(mistake.functions) != 1:
        return None
    (function,) = mistake.functions
    seen = _seen(evidence, mistake, reference)
    if not all(_is_steady(case, reference) for case in seen):
        return None
    exercise = evidence.judge.exercise
    again = _asking(evidence.graded)
    every = _seen(evidence, replace(mistake, refusals=None), reference) if mistake.refusals else []
    cases, gradients = _without_gradients(_cases(evidence, mistake, seen, again, reference))
    return Probe(
        function,
        evidence.submission.source,
        cases,
        [*exercise.parameters(function)] or parameter_names(exercise.stub, function),
        again,
        _asking(evidence.once_more),
        lambda call: tried(call.ask, reference),
        evidence.variant,
        evidence.judge.known_answers,
        parameter_defaults(exercise.stub, function),
        refusals=mistake.refusals,
        gradients=gradients,
        replays=_replays(mistake, reference) if evidence.is_free(mistake) else (),
        answered=[case for case in every if case.refusal is None],
    )


def _asking(started: Callable[[], AbstractContextManager[Program]]) -> Asking:
    """What asks a process of the submission, in which nothing or something was asked before."""

    def ask(call: Called) -> Outcome:
        with started() as program:
            return tried(call.ask, program)

    return ask


def _cases(evidence: Evidence, mistake: Mistake, seen: Sequence[Case], again: Asking, reference: Program) -> list[Case]:
    """All cases of a mistake's side, the wrong ones first: what was `seen`, and what is asked besides."""
    fresh = _fresh(evidence, mistake, again)
    drawn = {call.question for check in mistake.checks for _, call in evidence.drawn_calls(check, _SEEDS[0])}
    # A check that draws nothing asks the same again: of such, other questions have to be made.
    fixed = any(case.wrong and case.call.question in drawn for case in seen)
    made = _shortened(evidence, [*seen, *fresh], again, reference) if fixed else []
    cases = [case for case in [*fresh, *seen, *made] if mistake.refusals in (None, case.refusal is not None)]
    return sorted({id(case.call): case for case in cases}.values(), key=lambda case: not case.wrong)


def _without_gradients(cases: Sequence[Case]) -> tuple[list[Case], list[Case]]:
    """The plain cases, and the gradients beside them: what a gradient is of says more, where both are wrong. Where no
    plain one is wrong, the gradients, and nothing beside them.
    """
    plain, gradients = ([case for case in cases if bool(case.call.gradient) is its] for its in (False, True))
    return (plain, gradients) if any(case.wrong for case in plain) else (gradients or plain, [])


def _replays(mistake: Mistake, reference: Program) -> list[Replay]:
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


def _fresh(evidence: Evidence, mistake: Mistake, again: Asking) -> list[Case]:
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


def _shortened(evidence: Evidence, seen: Sequence[Case], again: Asking, reference: Program) -> list[Case]:
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


def asked_further(probe: Probe, evidence: Evidence, mistake: Mistake, *, refused: bool) -> Probe:
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
