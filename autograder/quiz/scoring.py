"""What an answer is worth, and which beliefs it shows.

One right choice or a number: all or nothing. Several right choices: every choice that is judged rightly (a right one
picked, a wrong one left) counts for, every other against; what is below zero is zero. It must not know how an answer
was typed or where it is kept.
"""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from autograder.course.expressions import NotANumber
from autograder.course.quiz_model import Number, Single
from autograder.course.written_numbers import meanings
from autograder.quiz.variant import Trap, Variant

#: An answer as it is kept: the ids of the chosen choices, or a number as it was typed.
Given: TypeAlias = tuple[str, ...] | str

PARTIAL_CREDIT = "Each choice that you judge rightly counts for you, each other one against you."


class InvalidAnswer(Exception):
    """An answer that this question can't have; the message is a sentence."""


class Judgement(msgspec.Struct, frozen=True):
    """The verdict: `share` of the points from 0 to 1, the beliefs shown, and the trap that a number fell into."""

    share: float
    points: float
    misconceptions: tuple[str, ...] = ()
    judged_rightly: int | None = None
    trap: Trap | None = None

    @property
    def right(self) -> bool:
        """Whether nothing was wrong."""
        return self.share == 1

    @property
    def mark(self) -> float:
        """The points earned."""
        return self.share * self.points


def judge(variant: Variant, given: Given) -> Judgement:
    """Return the verdict on an answer. Raises InvalidAnswer where it is no answer to this question."""
    if isinstance(variant.question, Number):
        return _judge_number(variant, variant.question, given)
    chosen = _known_choices(variant, given)
    if isinstance(variant.question, Single):
        return _judge_single(variant, chosen)
    return _judge_multiple(variant, chosen)


def _known_choices(variant: Variant, given: Given) -> frozenset[str]:
    known = {choice.id for choice in variant.choices}
    if isinstance(given, str) or not given:
        raise InvalidAnswer("Choices are expected, and none was made.")
    for choice in given:
        if choice not in known:
            raise InvalidAnswer(f"There is no choice {choice[:80]!r}.")
    return frozenset(given)


def _judge_single(variant: Variant, chosen: frozenset[str]) -> Judgement:
    if len(chosen) != 1:
        raise InvalidAnswer(f"One choice is expected, and {len(chosen)} were made.")
    return Judgement(float(chosen == variant.keys), variant.question.points, _beliefs(variant, chosen))


def _judge_multiple(variant: Variant, chosen: frozenset[str]) -> Judgement:
    wrongly = chosen ^ variant.keys
    rightly = len(variant.choices) - len(wrongly)
    share = max(0, rightly - len(wrongly)) / len(variant.choices)
    return Judgement(share, variant.question.points, _beliefs(variant, chosen), judged_rightly=rightly)


def _beliefs(variant: Variant, chosen: frozenset[str]) -> tuple[str, ...]:
    """Return the beliefs of wrong choices that were made, and of right ones that were not."""
    shown = [
        choice.misconception
        for choice in variant.choices
        if choice.misconception and (choice.id in chosen) != choice.correct
    ]
    return tuple(dict.fromkeys(shown))


def _judge_number(variant: Variant, question: Number, given: Given) -> Judgement:
    if not isinstance(given, str):
        raise InvalidAnswer("A number is expected, and choices were made.")
    assert variant.key is not None
    try:
        numbers = meanings(given, question.unit)
    except NotANumber as error:
        raise InvalidAnswer(f"{str(error)[:1].upper()}{str(error)[1:]}.") from None
    if any(question.tolerance.accepts(number, variant.key) for number in numbers):
        return Judgement(1.0, question.points)
    trap = next(
        (
            trap
            for trap, written in zip(variant.traps, question.traps, strict=True)
            if any(written.accepts(number, trap.number) for number in numbers)
        ),
        None,
    )
    return Judgement(0.0, question.points, (trap.misconception,) if trap else (), trap=trap)
