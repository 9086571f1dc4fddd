"""Why checks failed, found out once every verdict of a submission stands: a belief, a behaviour, or a line.

Also where a wrong answer came from, and the simplest input that goes wrong. Nothing here changes a verdict: what the
submission is asked now, no check sees. It must not know how checks are run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

import msgspec

from autograder.grading.explaining.behaviours.catalogue import Behaviours
from autograder.grading.explaining.evidence import Evidence, Examined, Mistake
from autograder.grading.explaining.origin import origin, worth_it
from autograder.grading.messages import still_to_come
from autograder.grading.report import CheckResult, Explanation, Misconception
from autograder.sandbox.cells import place
from autograder.sandbox.failures import in_file

#: Looks for the reasons of mistakes, as many as it finds; each with the mistake that it explains.
Finder: TypeAlias = Callable[[Evidence, Sequence[Mistake]], Iterator[tuple[Mistake, Explanation]]]


class Explained(NamedTuple):
    """The results with all that can be said about those that failed, and the reasons, what costs most points first."""

    results: list[CheckResult]
    explanations: list[Explanation]


def explained(evidence: Evidence, results: Sequence[CheckResult]) -> Explained:
    """Explain the failures of one submission."""
    open_ends = _still_to_come(evidence)
    messages = {
        each.result.id: "\n".join([each.result.message, *_background(evidence, each)])
        for each in evidence.examined
        if each.failed and each.result.id not in open_ends
    } | open_ends
    explanations = _explanations(evidence)
    points = {result.id: result.points for result in results}
    explanations = [_of_the_file(each, evidence.submission.source) for each in explanations]
    explanations.sort(key=lambda each: -sum(points[check] for check in each.checks))
    named = _misconceptions(explanations)
    explained = {check for each in explanations for check in each.checks}
    return Explained(
        [
            msgspec.structs.replace(
                result,
                message=messages.get(result.id, result.message),
                misconception=named.get(result.id),
                # What was meant to help who knows nothing yet would only lead away from the reason.
                hint=None if result.id in explained or result.id in open_ends else result.hint,
            )
            for result in results
        ],
        explanations,
    )


def _of_the_file(explanation: Explanation, source: str) -> Explanation:
    """Leave out a line that no file has: one of the text that was made of a notebook's cells, or of several files."""
    line = explanation.line
    return (
        explanation if line is None or in_file(place(source, line)) else msgspec.structs.replace(explanation, line=None)
    )


def _still_to_come(evidence: Evidence) -> dict[str, str]:
    """What to say of the checks of functions that aren't written, and still give something back."""
    return {
        part.check: still_to_come(next(iter(sorted(part.asked.names & evidence.unwritten))))
        for mistake in evidence.mistakes
        for part in mistake.wrong
        if part.asked.names & evidence.unwritten and part.asked.outcome.failure is None
    }


def _explanations(evidence: Evidence) -> list[Explanation]:
    """One for each mistake: what it is sure to be comes first, and each looks only at what is left."""
    behaviours = Behaviours()
    finders: tuple[Finder, ...] = (evidence.judge.diagnosis.explain, behaviours.named, _lines, behaviours.placed)
    found: list[Explanation] = []
    left = [mistake for mistake in evidence.mistakes if not mistake.functions & evidence.unwritten]
    for find in finders:
        for mistake, explanation in find(evidence, list(left)) if left else ():
            found.append(explanation)
            left.remove(mistake)
    return found


def _lines(evidence: Evidence, mistakes: Sequence[Mistake]) -> Iterator[tuple[Mistake, Explanation]]:
    # Only who can't be told otherwise waits for these imports.
    from autograder.grading.explaining.repair.lines import explain_lines

    return explain_lines(evidence, mistakes)


def _misconceptions(explanations: Sequence[Explanation]) -> dict[str, Misconception]:
    """The belief behind each check; where two are, the one that costs more."""
    return {
        check: Misconception(each.misconception, each.title, each.text)
        for each in reversed(explanations)
        if each.misconception is not None
        for check in each.checks
    }


def _background(evidence: Evidence, examined: Examined) -> list[str]:
    """Lines on where the answer came from, and on the simplest bad input."""
    lines = []
    last = examined.agree.last
    if examined.result.status == "failed" and last is not None and worth_it(last.outcome):
        with evidence.once_more(trace=True) as watched:
            lines.append(origin(last.ask, watched, evidence.submission.source))
    with evidence.once_more() as program:
        lines.append(examined.agree.simplest(program))
    return list(filter(None, lines))
