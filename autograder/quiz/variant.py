"""A question as one student meets it: values drawn, holes filled, choices in their order.

The same seed, quiz and question give the same variant. It must not know who asks, nor what was answered.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from msgspec.structs import replace

from autograder.course.draws import CannotDraw as CannotDraw
from autograder.course.draws import Draws, draw
from autograder.course.expressions import evaluate
from autograder.course.quiz_model import (
    AnyQuestion,
    Choice,
    Matching,
    Multiple,
    Number,
    Ordering,
    ShortText,
    Single,
    TrueFalse,
    WithChoices,
)
from autograder.course.template import Value, fill, numbers_in


class Trap(msgspec.Struct, frozen=True):
    """A tempting wrong number, and what is wrong with it."""

    number: float
    misconception: str
    why: str


class WrongText(msgspec.Struct, frozen=True):
    """A tempting wrong answer in words, and what is wrong with it."""

    text: str
    misconception: str
    why: str


class Piece(msgspec.Struct, frozen=True):
    """What is to be ordered, or one side of a pair. Its `id` is its place in the quiz's file, from 1."""

    id: str
    text: str
    why: str | None = None
    misconception: str | None = None


class Variant(msgspec.Struct, frozen=True):
    """A question with its holes filled. All texts are Markdown with LaTeX, but what is typed in words is plain.

    `choices` are in the order shown (none for a number), `key` and `traps` are numbers (none for choices). `words` are
    the texts that count, `wrong_words` those that tempt. `pieces` have letters, in the order shown: the items of an
    ordering, or the right sides of a matching, each once; `lefts` are its left sides. `partners` gives each left side,
    or each place of an ordering, the piece that is right there. `why`: of the one belief behind a wrong answer.
    `shows` says in words what the question's picture shows.
    """

    question: AnyQuestion
    values: Mapping[str, Value]
    ask: str
    hints: tuple[str, ...]
    right: str | None
    choices: tuple[Choice, ...] = ()
    key: float | None = None
    traps: tuple[Trap, ...] = ()
    words: tuple[str, ...] = ()
    wrong_words: tuple[WrongText, ...] = ()
    lefts: tuple[Piece, ...] = ()
    pieces: tuple[Piece, ...] = ()
    partners: tuple[str, ...] = ()
    why: str | None = None
    shows: str | None = None

    @property
    def keys(self) -> frozenset[str]:
        """The ids of the right choices."""
        return frozenset(choice.id for choice in self.choices if choice.correct)


def variant(question: AnyQuestion, seed: int, quiz_id: str) -> Variant:
    """Return the question that belongs to a seed. Raises CannotDraw, or NotANumber where an expression has no value."""
    values = draw(question.parameters, question.where, Draws(seed, quiz_id, question.id))
    numbers = numbers_in(values)
    order = Draws(seed, quiz_id, question.id, "order")
    drawn = Variant(
        question=question,
        values=values,
        ask=fill(question.ask, values),
        hints=tuple(fill(hint, values) for hint in question.hints),
        right=_filled(question.right, values),
        shows=_filled(question.shows, values),
    )
    match question:
        case Number():
            traps = tuple(
                Trap(evaluate(trap.value, numbers), trap.misconception, fill(trap.why, values))
                for trap in question.traps
            )
            return replace(drawn, key=evaluate(question.key, numbers), traps=traps)
        case ShortText():
            wrong = (WrongText(fill(t.value, values), t.misconception, fill(t.why, values)) for t in question.traps)
            return replace(drawn, words=tuple(fill(key, values) for key in question.keys), wrong_words=tuple(wrong))
        case TrueFalse():
            return replace(drawn, why=_filled(question.why, values))
        case Ordering():
            items = [Piece(str(place), fill(item, values)) for place, item in enumerate(question.items, start=1)]
            right, pieces = tuple(item.id for item in items), tuple(order.shuffled(items))
            return replace(drawn, pieces=pieces, partners=right, why=_filled(question.why, values))
        case Matching():
            return _matching(drawn, question, order)
        case Single() | Multiple():
            return replace(drawn, choices=tuple(_fill(choice, values) for choice in _ordered(question, order)))


def _filled(text: str | None, values: Mapping[str, Value]) -> str | None:
    return None if text is None else fill(text, values)


def _matching(drawn: Variant, question: Matching, order: Draws) -> Variant:
    """A right side that several share is shown once; its id is the place of the first."""
    values, lefts, rights = drawn.values, [], dict[str, Piece]()
    for place, pair in enumerate(question.pairs, start=1):
        text = fill(pair.right, values)
        lefts.append(Piece(str(place), fill(pair.left, values), _filled(pair.why, values), pair.misconception))
        rights.setdefault(text, Piece(str(place), text))
    partners = tuple(rights[fill(pair.right, values)].id for pair in question.pairs)
    pieces = tuple(order.shuffled(list(rights.values())))
    return replace(drawn, lefts=tuple(lefts), pieces=pieces, partners=partners)


def _ordered(question: WithChoices, draws: Draws) -> list[Choice]:
    loose = [choice for choice in question.choices if choice.pin is None]
    pinned = [choice for choice in question.choices if choice.pin is not None]
    return (draws.shuffled(loose) if question.shuffle else loose) + pinned


def _fill(choice: Choice, values: Mapping[str, Value]) -> Choice:
    return replace(choice, text=fill(choice.text, values), why=fill(choice.why, values))
