"""Parts of the answer that are right, but not as they should be: exchanged, alone, without names, with others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import permutations
from typing import Any

from autograder.grading.explaining.behaviours.answer_parts import are_alike, parts_of
from autograder.grading.explaining.behaviours.claim import Case, Claim, of_wrong
from autograder.grading.explaining.behaviours.probe import Probe
from autograder.language import tr

#: Parts of an answer whose orders are looked through.
_MOST = 5


def claims(probe: Probe) -> Iterator[Claim]:
    case = probe.wrong[0]
    right = parts_of(case.right.value)
    if not case.both_answered:
        return
    yield from _among_others(case)
    if not 1 < len(right) <= _MOST:
        return
    names = list(right)
    for place, name in enumerate(names):
        title = tr("one part of the answer is given alone: {part}", part=name)
        text = tr("It is right, but the answer has {number} parts: {parts}.", number=len(names), parts=", ".join(names))
        yield Claim(title, text, _is(lambda mine, right, place=place: [(mine, right[place])]))  # type: ignore[misc]
    if isinstance(case.right.value, dict):
        title = tr("the parts of the answer are right, but come without their names")
        text = tr("A dict with these keys was expected: {parts}.", parts=", ".join(names))
        yield Claim(title, text, _is(lambda mine, right: _pairs(mine, right) if isinstance(mine, list | tuple) else []))
    for order in permutations(range(len(names))):
        if list(order) != sorted(order):
            moved = [names[place] for place, other in enumerate(order) if place != other]
            title = tr("parts of the answer have changed places: {parts}", parts=", ".join(moved))
            text = tr("Each is the right value of another one of them.")
            yield Claim(title, text, _is(lambda mine, right, order=order: _pairs(mine, [right[k] for k in order])))  # type: ignore[misc]


def _among_others(case: Case) -> Iterator[Claim]:
    """The right answer stands in a tuple or a list with something else."""
    answer = case.answer.value
    if isinstance(case.right.value, list | tuple | dict) or not isinstance(answer, list | tuple):
        return
    count = len(answer)
    for place in range(count) if 1 < count <= _MOST else ():
        title = tr(
            "the right answer comes with something else: it is part {number} of {total}", number=place + 1, total=count
        )
        yield Claim(title, tr("That part alone is asked for."), _is_part(place, count))


def _is_part(place: int, count: int) -> Callable[[Case], bool | None]:
    @of_wrong
    def holds(case: Case) -> bool:
        answer = case.answer.value
        several = case.both_answered and isinstance(answer, list | tuple) and len(answer) == count
        return several and are_alike(case, answer[place], case.right.value)

    return holds


def _pairs(mine: Any, right: list[Any]) -> list[tuple[Any, Any]]:
    values = list(mine.values()) if isinstance(mine, dict) else mine
    fits = isinstance(values, list | tuple) and len(values) == len(right)
    return list(zip(values, right, strict=True)) if fits else []


def _is(compared: Callable[[Any, list[Any]], list[tuple[Any, Any]]]) -> Callable[[Case], bool | None]:
    """Whether in each pair of a part and a right one the two are alike; there are none where the answer doesn't fit."""

    def holds(case: Case) -> bool | None:
        right, mine = list(parts_of(case.right.value).values()), case.answer.value
        if isinstance(mine, dict) and isinstance(case.right.value, dict) and set(mine) == set(case.right.value):
            mine = {name: mine[name] for name in case.right.value}
        try:
            pairs = compared(mine, right) if case.both_answered and right else []
            so = bool(pairs) and all(are_alike(case, mine, part) for mine, part in pairs)
        except IndexError:  # fewer parts than in the first answer
            so = False
        if case.wrong:
            return so
        return None if so or not case.both_answered else False

    return holds
