"""What a check makes of a version's answer, found out without asking the version: its answer is put in the check's way.

So versions can be judged by questions of which no answer is compared as it is: random ones, or what is made of several.
It must not know which changes are tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, cast

from autograder.grading.asking import Asked, Outcome, agrees, keeps_hold, takes_iterators, tried
from autograder.grading.explaining.asking_again import accepted, tried_again
from autograder.grading.explaining.evidence import Part
from autograder.grading.explaining.repair.search import Question
from autograder.sandbox.bench import Came
from autograder.sandbox.program import Called, Program, ProgramProxy


def replayed(model: Program, part: Part) -> Iterator[tuple[Called, Question]]:
    """Yield each call of a question that makes something else of its answers, or accepts many.

    What it makes of a version's answer is found out here, with the model's to its other calls. Where that says nothing,
    as of two answers that are to be alike, what has passed would not pass so either, or not even what is right.
    """
    asked, calls = part.asked, part.asked.outcome.remarks.calls
    right = tried(asked.ask, model)
    model.forget()
    others = right.remarks.calls
    if asked.outcome.remarks.besides or right.remarks.besides or len(calls) != len(others):
        return
    if any(keeps_hold(call) or takes_iterators(call) for call in (*calls, *others)):
        return
    for places in _alike(calls):
        call, other = calls[places[0]], others[places[0]]
        accepts = _of_one_call(asked, right, places, model)
        rights = [other, call] if part.passed else [other]
        if call.built is None and all(all(accepts(Came(each.value, each.failure))) for each in rights):
            yield call, Question(Called(call.name, call.arguments, call.keywords), accepts)


def _alike(calls: Sequence[Called]) -> Iterable[list[int]]:
    """The places of each call among all: of one that comes twice it is one answer, which is put in both."""
    places: dict[object, list[int]] = {}
    for place, call in enumerate(calls):
        question = call.question
        places.setdefault(place if question is None else question, []).append(place)
    return places.values()


def _of_one_call(
    asked: Asked, right: Outcome, places: Sequence[int], model: Program
) -> Callable[[Came], tuple[bool, ...]]:
    def accepts(came: Came) -> tuple[bool, ...]:
        mine = [Came(each.value, each.failure) for each in right.remarks.calls]
        for place in places:
            mine[place] = came
        replay, accept = cast(ProgramProxy, _Replay(mine)), asked.accept
        outcome = tried_again(lambda _: asked.ask(replay), model)
        if accept is None:
            return (agrees(replace(asked, outcome=outcome), right),)
        return (outcome.failure is None and accepted(accept, outcome.value),)

    return accepts


class _Replay:
    """A program that gives certain answers, one after the other, whatever it is asked."""

    def __init__(self, answers: Sequence[Came]) -> None:
        self._answers = iter(answers)

    def __getattr__(self, name: str) -> Any:
        return self._answer

    def _answer(self, *arguments: Any, **keywords: Any) -> Any:
        came = next(self._answers)
        if came.failure is not None:
            raise came.failure
        return came.value
