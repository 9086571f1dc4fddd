"""Why checks failed, found out once every verdict of a submission stands: a belief, a behaviour, or a line.

Also where a wrong answer came from, and the simplest input that goes wrong. Nothing here changes a verdict: what the
submission is asked now, no check sees. It must not know how checks are run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain, islice, pairwise
from typing import TypeAlias

import msgspec

from autograder.grading.asking import Asked, Outcome
from autograder.grading.checking import Examined
from autograder.grading.explaining.behaviours.finder import Behaviours
from autograder.grading.explaining.evidence import Evidence, Mistake
from autograder.grading.explaining.in_entries import in_entries
from autograder.grading.explaining.origin import origin, worth_it
from autograder.grading.explaining.resemblance import Resemblances
from autograder.grading.explaining.shared_checks import faults, of_its_functions, told_of_each
from autograder.grading.explaining.used_functions import with_used
from autograder.grading.messages import still_to_come
from autograder.grading.report import CheckResult, Explanation, Misconception
from autograder.grading.showing import with_case
from autograder.sandbox.cells import place
from autograder.sandbox.failures import ProgramError, in_file

#: Looks for the reasons of mistakes, as many as it finds; each with the mistake that it explains.
Finder: TypeAlias = Callable[[Evidence, Sequence[Mistake]], Iterator[tuple[Mistake, Explanation]]]

#: What may be computed when entries are looked at, and then for what is said last, by what may be for all before. The
#: search for a line leaves little, and only who is told nothing else waits for these.
_WITH_ENTRIES, _WITH_PLACES = 1.4, 1.7
#: Parts of a mistake that are each told of some arguments alone.
_MOST_PARTS = 3


def explained(evidence: Evidence, results: Sequence[CheckResult]) -> tuple[list[CheckResult], list[Explanation]]:
    """Return the results of one submission with all that can be said about those that failed, and the reasons, what
    costs most points first.
    """
    open_ends = _still_to_come(evidence)
    failed = [each for each in evidence.examined if each.failed and each.result.id not in open_ends]
    told = {each.id: each for each in _with_origins(evidence, [_with_simplest(evidence, each) for each in failed])}
    told |= {
        each.id: msgspec.structs.replace(each, message=open_ends[each.id], line=0, question=0, answer=0, unwritten=True)
        for each in results
        if each.id in open_ends
    }
    found, resembles = _explanations(evidence)
    explanations = list({id(each): _of_the_file(each, evidence.submission.source) for _, each in found}.values())
    explanations = _by_cost(explanations, {result.id: result.points for result in results})
    named = _misconceptions(explanations)
    scoped = [mistake for mistake, _ in found if mistake.scope]
    shared, before = faults(evidence, explanations, scoped), {result.id: result for result in results}
    for check, each in shared.items():
        told[check] = told_of_each(before[check], before[check] if check in open_ends else told[check], each)
    explained = {check for each in explanations for check in each.checks}
    finished = [
        msgspec.structs.replace(
            told.get(result.id, result),
            misconception=named.get(result.id),
            resembles=resembles.get(result.id, ""),
            # What was meant to help who knows nothing yet would only lead away from the reason.
            hint=None if result.id in explained or result.id in open_ends else result.hint,
        )
        for result in results
    ]
    return finished, explanations


def _by_cost(explanations: Sequence[Explanation], points: Mapping[str, float]) -> list[Explanation]:
    """Order them by the points that they cost; a belief and the slip beside it are one thing, the belief first."""
    costs = [sum(points[check] for check in each.checks) for each in explanations]
    for number, (each, after) in enumerate(pairwise(explanations)):
        if each.is_completed_by(after):
            costs[number] = costs[number + 1] = costs[number] + costs[number + 1]
    return [explanations[number] for number in sorted(range(len(costs)), key=lambda number: -costs[number])]


def _of_the_file(explanation: Explanation, source: str) -> Explanation:
    """Leave out a line that no file has: one of the text that was made of a notebook's cells, or of several files."""
    line = explanation.line
    return (
        explanation if line is None or in_file(place(source, line)) else msgspec.structs.replace(explanation, line=None)
    )


def _still_to_come(evidence: Evidence) -> dict[str, str]:
    """What to say of the checks that fail by nothing but functions that aren't written."""
    found, mistaken = {}, set[str]()
    for part in (part for mistake in evidence.mistakes for part in mistake.wrong):
        if name := evidence.still_to_be_written(part.asked):
            found[part.check] = still_to_come(name, evidence.submission.source)
        else:
            mistaken.add(part.check)
    return {check: said for check, said in found.items() if check not in mistaken}


def _explanations(evidence: Evidence) -> tuple[list[tuple[Mistake, Explanation]], dict[str, str]]:
    """What of the mistakes is explained, each with its reason, and what an answer resembles where little or nothing
    is.
    """
    behaviours, resemblances = Behaviours(), Resemblances()
    left = [mistake for mistake in evidence.mistakes if not _is_open(evidence, mistake)]
    lines = partial(_lines, resemblances, behaviours)
    reasons = evidence.judge.diagnosis.explain, behaviours.named, lines, behaviours.without_line
    found = _found(evidence, left, reasons)
    # Who answers wrongly, and refuses nothing, has two mistakes: each may have a reason of its own.
    parted = [[] if mistake.partly else evidence.sides(mistake) for mistake in left]
    sides = [side for each in parted for side in each]
    left = [mistake for mistake, each in zip(left, parted, strict=True) if not each]
    found += _found(evidence, sides, reasons)
    left += sides
    # So may who errs in two entries of an answer, if something is found of either.
    parted = [[] if mistake.partly else in_entries(evidence, mistake) for mistake in left]
    in_one = [entry for each in parted for entry in each]
    with evidence.within(_WITH_ENTRIES):
        lines = partial(_entry_lines, behaviours)
        reasons = evidence.judge.diagnosis.explain, behaviours.named, lines, behaviours.without_line
        found += _found(evidence, in_one, reasons)
    left = [rest for each in zip(left, parted, strict=True) for rest in _left_of_entries(*each, in_one)]
    with evidence.within(_WITH_PLACES):
        return _with_what_is_left(evidence, behaviours, resemblances, found, left)


def _with_what_is_left(
    evidence: Evidence,
    behaviours: Behaviours,
    resemblances: Resemblances,
    found: list[tuple[Mistake, Explanation]],
    left: list[Mistake],
) -> tuple[list[tuple[Mistake, Explanation]], dict[str, str]]:
    found += _found(evidence, left, (behaviours.named_in_part,) * _MOST_PARTS)
    # The first check, of the mistake that fails most, that a belief's program answers just so.
    resembles = (each for mistake in left for each in resemblances.checks(evidence, mistake))
    titles = {check: belief.misconception.title for check, belief in islice(resembles, 1)}
    left = [each for each in left if not each.partly]
    found += _found(evidence, left, (behaviours.placed,))
    found += _found(evidence, _wholes(evidence, left), (behaviours.placed,))
    return _with_shared(with_used(evidence, found)), titles


def _wholes(evidence: Evidence, left: Sequence[Mistake]) -> list[Mistake]:
    """What is left of mistakes of one entry, as mistakes of the answers that it is in."""
    of_entries = [each for each in left if each.entry is not None]
    checks = {check for each in of_entries for check in each.checks}
    wholes = [
        replace(each, wrong=[part for part in each.wrong if part.check in checks])
        for each in evidence.mistakes
        if any(each.functions == one.functions for one in of_entries)
    ]
    return [each for each in wholes if each.wrong]


def _with_shared(found: Sequence[tuple[Mistake, Explanation]]) -> list[tuple[Mistake, Explanation]]:
    """Add the checks that no reason explains as a whole to the first of which a part is that goes wrong in them."""
    explained = {check for _, each in found for check in each.checks}
    more: dict[int, list[str]] = {}
    for mistake, each in found:
        new = [check for check in mistake.checks if mistake.scope and check not in explained]
        more.setdefault(id(each), []).extend(new)
        explained.update(new)
    wider = {
        id(each): msgspec.structs.replace(each, checks=[*each.checks, *more[id(each)]]) if more[id(each)] else each
        for _, each in found
    }
    return [(mistake, wider[id(each)]) for mistake, each in found]


def _left_of_entries(mistake: Mistake, its: Sequence[Mistake], left: Sequence[Mistake]) -> list[Mistake]:
    """What is left of a mistake when something was found of its entries: all of it, if nothing was."""
    rest = [each for each in left if any(map(each.is_of, its))]
    return rest if len(rest) < len(its) else [mistake]


def _is_open(evidence: Evidence, mistake: Mistake) -> bool:
    """Whether it goes wrong by nothing but functions that aren't written."""
    waits = all(evidence.still_to_be_written(part.asked) for part in mistake.wrong)
    return waits or bool(mistake.functions & evidence.unwritten)


def _found(evidence: Evidence, left: list[Mistake], finders: Sequence[Finder]) -> list[tuple[Mistake, Explanation]]:
    """What the finders find, one after the other; each looks only at what is left, and takes out what it explains."""
    found: list[tuple[Mistake, Explanation]] = []
    for find in finders:
        for mistake, explanation in find(evidence, list(left)) if left else ():
            told = of_its_functions(explanation, mistake)
            # One for several mistakes is said once.
            found.append((mistake, next((each for _, each in found if each == told), told)))
            rest = [each.left_by(mistake, explanation.checks) if mistake.is_of(each) else [each] for each in left]
            left[:] = chain.from_iterable(rest)
    return found


def _lines(
    resemblances: Resemblances, behaviours: Behaviours, evidence: Evidence, mistakes: Sequence[Mistake]
) -> Iterator[tuple[Mistake, Explanation]]:
    # Only who can't be told otherwise waits for these imports.
    from autograder.grading.explaining.repair.lines import explain_lines

    found = explain_lines(evidence, mistakes, resemblances.beliefs)
    return (behaviours.with_line(mistake, each) for mistake, each in found)


def _entry_lines(
    behaviours: Behaviours, evidence: Evidence, mistakes: Sequence[Mistake]
) -> Iterator[tuple[Mistake, Explanation]]:
    from autograder.grading.explaining.repair.entry_lines import explain_entry_lines

    return (behaviours.with_line(mistake, each) for mistake, each in explain_entry_lines(evidence, mistakes))


def _misconceptions(explanations: Sequence[Explanation]) -> dict[str, Misconception]:
    """The belief behind each check; where two are, the one that costs more."""
    return {
        check: Misconception(each.misconception, each.title, each.text)
        for each in reversed(explanations)
        if each.misconception is not None
        for check in each.checks
    }


def _with_simplest(evidence: Evidence, examined: Examined) -> tuple[CheckResult, Asked | None]:
    """Return a result with the simplest bad input, if that is found, and the question that it is about."""
    result, last = examined.result, examined.agree.last
    if not evidence.wants_simplest(result.id) or (last is not None and _raises_for_any_input(last.outcome)):
        return result, last
    with evidence.once_more() as program:
        simplest = examined.agree.simplest(program)
    if simplest is None:
        return result, last
    evidence.note_simplest(result.id)
    asked, case = simplest
    return with_case(result, case), asked


def _with_origins(evidence: Evidence, told: Iterable[tuple[CheckResult, Asked | None]]) -> Iterator[CheckResult]:
    """Yield the results with a line on where the answer came from; one process watches for all of them."""
    with evidence.once_more(trace=True) as watched:
        for result, asked in told:
            if result.status == "failed" and asked is not None and worth_it(asked.outcome):
                made = origin(asked.ask, watched, evidence.submission.source)
                result = msgspec.structs.replace(result, message="\n".join(filter(None, [result.message, made])))
                if evidence.remembers:  # each is asked alone
                    watched.close()
            yield result


def _raises_for_any_input(outcome: Outcome) -> bool:
    """Whether it raised for a name or a library that isn't there: no input is simpler than another then."""
    failure = outcome.failure
    kinds = {failure.type, *failure.bases} if isinstance(failure, ProgramError) else set()
    return bool(kinds & {"NameError", "ImportError"}) and "UnboundLocalError" not in kinds
