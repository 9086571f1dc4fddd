"""Questions that nobody asked, made of those that were: one argument is another call's, or has an entry less.

An array is another call's only where it has the shape of the one in whose place it comes: the others have to fit it.
Calls that a word tells apart, which others of them share, stay apart: what may be asked of one needn't be of another.
A change that mends all of a few questions by chance seldom answers these. It must not know which change is tried.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import permutations
from typing import Any

from autograder.grading.asking import Asked, agrees, leaves, tried
from autograder.machine import crowding
from autograder.sandbox.program import Called, Program

_MOST_CROSSED = 40  # questions that others are made of
_MOST = 80  # questions that are made of two of them
_MOST_SHORTER = 40  # questions that are made of one
#: Seconds for all of them, more on a busy machine: what isn't asked then tells nothing.
_LONGEST = 0.3


def answers_crossed(asked: Sequence[Asked], program: Program, model: Program) -> bool:
    """Whether a program answers such questions as a model does, as far as that has an answer to them."""
    until = time.monotonic() + _LONGEST * crowding()
    for question in crossed(asked):
        if time.monotonic() > until:
            break
        expected = tried(question.ask, model)
        model.forget()
        if expected.failure is None:
            outcome = tried(question.ask, program)
            program.forget()
            if not agrees(replace(question, outcome=outcome), expected):
                return False
    return True


def crossed(asked: Sequence[Asked]) -> Iterator[Asked]:
    """Yield such questions, always the same ones, those with an entry less first."""
    plain = {each.call.question: (each, each.call) for each in asked if each.call is not None and each.accept is None}
    draw = random.Random(0)  # always the same ones
    known = [each for each in plain.values() if _is_plain(each[1])]
    found = draw.sample(known, min(_MOST_CROSSED, len(known)))
    times = Counter(word for _, call in known for word in _words(call))

    def kind(call: Called) -> tuple[object, ...]:
        return call.name, len(call.arguments), {each for each in _words(call) if times[each] > 1}

    pairs = [
        (one, call, other.arguments[place], place)
        for (one, call), (_, other) in permutations(found, 2)
        if kind(call) == kind(other)
        for place in range(len(call.arguments) if len(call.arguments) > 1 else 0)
    ]
    shorter = [(one, call, value, place) for one, call in found for place, value in _shorter(call)]
    several = draw.sample(pairs, min(_MOST, len(pairs)))
    for one, call, value, place in [*draw.sample(shorter, min(_MOST_SHORTER, len(shorter))), *several]:
        arguments = (*call.arguments[:place], value, *call.arguments[place + 1 :])
        made = Called(call.name, arguments, call.keywords)
        if _is_alike(value, call.arguments[place]) and made.question not in plain:
            yield replace(one, ask=made.ask, call=made)


def _shorter(call: Called) -> Iterator[tuple[int, Any]]:
    """Each list among the arguments without one of its entries: what is in order stays so. Lists that are as long as
    one another may have to be.
    """
    lists: dict[int, Any] = {place: each for place, each in enumerate(call.arguments) if isinstance(each, list | tuple)}
    if len({*map(len, lists.values())}) == len(lists):
        for place, value in lists.items():
            yield from ((place, value[:entry] + value[entry + 1 :]) for entry in range(len(value)))


def _is_alike(value: Any, other: Any) -> bool:
    """Whether one may stand in the other's place: an array may have to fit the other arguments by shape and dtype."""
    if isinstance(value, list | tuple):
        return True
    forms = [
        [(each.shape, str(each.dtype)) for each in leaves(one) if hasattr(each, "dtype")] for one in (value, other)
    ]
    return type(value) is type(other) and forms[0] == forms[1]


def _words(call: Called) -> set[tuple[int | str, str]]:
    """Each word among a call's arguments with its place. One that comes again chooses what the others may be: a 0 that
    `sigmoid` is asked for may be the border of what `relu` is.
    """
    given: list[tuple[int | str, Any]] = [*enumerate(call.arguments), *call.keywords.items()]
    return {(place, value) for place, value in given if isinstance(value, str)}


def _is_plain(call: Called) -> bool:
    """Whether a call is one of a function with data."""
    values = leaves([*call.arguments, call.keywords])
    return call.built is None and not call.gradient and not any(map(callable, values))
