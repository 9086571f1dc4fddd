"""What an answer is worth, and which beliefs it shows.

One right choice or a number: all or nothing. Several right choices: every choice that is judged rightly (a right one
picked, a wrong one left) counts for, every other against; what is below zero is zero. A matching: each pair has its
share. It must not know how an answer was typed or where it is kept.
"""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from autograder.course.expressions import NotANumber
from autograder.course.quiz_model import Matching, Number, Ordering, ShortText, Single, TrueFalse, spelling
from autograder.language import later, tr
from autograder.quiz.variant import Variant

#: An answer as it is kept: the ids of the chosen choices, a number or a text as it was typed, `true` or `false`, the
#: ids of an ordering's pieces in the order given, or for each left side of a matching the id of its piece.
Given: TypeAlias = tuple[str, ...] | str

PARTIAL_CREDIT = later("Each choice that you judge rightly counts for you, each other one against you.")


class InvalidAnswer(Exception):
    """An answer that this question can't have; the message is a sentence."""


class Judgement(msgspec.Struct, frozen=True):
    """The verdict: `share` of the points from 0 to 1, the beliefs shown, and what is wrong with the answer.

    `why` is empty where nobody foresaw the answer, and for choices, which have each its own. `judged_rightly` counts
    choices or pairs.
    """

    share: float
    points: float
    misconceptions: tuple[str, ...] = ()
    judged_rightly: int | None = None
    why: str = ""

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
    match variant.question:
        case Number() as question:
            return _judge_number(variant, question, given)
        case ShortText():
            return _judge_text(variant, given)
        case TrueFalse() as question:
            return _judge_truth(variant, question, given)
        case Ordering() as question:
            return _judge_ordering(variant, question, given)
        case Matching():
            return _judge_matching(variant, given)
        case Single():
            return _judge_single(variant, _known_choices(variant, given))
        case _:
            return _judge_multiple(variant, _known_choices(variant, given))


def _known_choices(variant: Variant, given: Given) -> frozenset[str]:
    known = {choice.id for choice in variant.choices}
    if isinstance(given, str) or not given:
        raise InvalidAnswer(tr("Choices are expected, and none was made."))
    for choice in given:
        if choice not in known:
            raise InvalidAnswer(tr("There is no choice {choice!r}.", choice=choice[:80]))
    return frozenset(given)


def _judge_single(variant: Variant, chosen: frozenset[str]) -> Judgement:
    if len(chosen) != 1:
        raise InvalidAnswer(tr("One choice is expected, and {number} were made.", number=len(chosen)))
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
        raise InvalidAnswer(tr("A number is expected, and choices were made."))
    from autograder.course.written_numbers import meanings

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
    return Judgement(0.0, question.points, (trap.misconception,) if trap else (), why=trap.why if trap else "")


def _judge_text(variant: Variant, given: Given) -> Judgement:
    points = variant.question.points
    if not isinstance(given, str) or not spelling(given):
        raise InvalidAnswer(tr("A word or a few are expected."))
    if spelling(given) in map(spelling, variant.words):
        return Judgement(1.0, points)
    for trap in variant.wrong_words:
        if spelling(given) == spelling(trap.text):
            return Judgement(0.0, points, (trap.misconception,), why=trap.why)
    return Judgement(0.0, points)


def _judge_truth(variant: Variant, question: TrueFalse, given: Given) -> Judgement:
    if given not in ("true", "false"):
        raise InvalidAnswer(tr("'true' or 'false' is expected."))
    if (given == "true") == question.key:
        return Judgement(1.0, question.points)
    return Judgement(0.0, question.points, _belief(question.misconception), why=variant.why or "")


def _judge_ordering(variant: Variant, question: Ordering, given: Given) -> Judgement:
    if isinstance(given, str) or sorted(given) != sorted(variant.partners):
        raise InvalidAnswer(tr("Each of the items is expected once."))
    if given == variant.partners:
        return Judgement(1.0, question.points)
    return Judgement(0.0, question.points, _belief(question.misconception), why=variant.why or "")


def _judge_matching(variant: Variant, given: Given) -> Judgement:
    known = {piece.id for piece in variant.pieces}
    if isinstance(given, str) or len(given) != len(variant.lefts) or not known.issuperset(given):
        raise InvalidAnswer(tr("One partner is expected for each on the left."))
    wrong = [left for left, one, key in zip(variant.lefts, given, variant.partners, strict=True) if one != key]
    rightly = len(given) - len(wrong)
    beliefs = tuple(dict.fromkeys(left.misconception for left in wrong if left.misconception))
    return Judgement(rightly / len(given), variant.question.points, beliefs, judged_rightly=rightly)


def _belief(misconception: str | None) -> tuple[str, ...]:
    return () if misconception is None else (misconception,)
