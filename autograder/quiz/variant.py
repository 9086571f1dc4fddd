"""A question as one student meets it: values drawn, holes filled, choices in their order.

The same seed, quiz and question give the same variant. It must not know who asks, nor what was answered.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from msgspec.structs import replace

from autograder.course.draws import CannotDraw as CannotDraw
from autograder.course.draws import Draws, draw
from autograder.course.filled import filled
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
from autograder.course.template import Value


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
    order = Draws(seed, quiz_id, question.id, "order")
    written = filled(question, values)
    drawn = Variant(question, values, written.ask, written.hints, written.right, shows=written.shows)
    match written:
        case Number():
            traps = tuple(Trap(float(trap.value), trap.misconception, trap.why) for trap in written.traps)
            return replace(drawn, key=float(written.key), traps=traps)
        case ShortText():
            wrong = tuple(WrongText(trap.value, trap.misconception, trap.why) for trap in written.traps)
            return replace(drawn, words=written.keys, wrong_words=wrong)
        case TrueFalse():
            return replace(drawn, why=written.why)
        case Ordering():
            items = [Piece(str(place), item) for place, item in enumerate(written.items, start=1)]
            right, pieces = tuple(item.id for item in items), tuple(order.shuffled(items))
            return replace(drawn, pieces=pieces, partners=right, why=written.why)
        case Matching():
            return _matching(drawn, written, order)
        case Single() | Multiple():
            return replace(drawn, choices=tuple(_ordered(written, order)))


def _matching(drawn: Variant, written: Matching, order: Draws) -> Variant:
    """A right side that several share is shown once; its id is the place of the first."""
    lefts, rights = [], dict[str, Piece]()
    for place, pair in enumerate(written.pairs, start=1):
        lefts.append(Piece(str(place), pair.left, pair.why, pair.misconception))
        rights.setdefault(pair.right, Piece(str(place), pair.right))
    partners = tuple(rights[pair.right].id for pair in written.pairs)
    pieces = tuple(order.shuffled(list(rights.values())))
    return replace(drawn, lefts=tuple(lefts), pieces=pieces, partners=partners)


def _ordered(question: WithChoices, draws: Draws) -> list[Choice]:
    if not question.shuffle:
        return sorted(question.choices, key=lambda choice: choice.pin is not None)
    loose = [choice for choice in question.choices if not choice.stays_last]
    return draws.shuffled(loose) + [choice for choice in question.choices if choice.stays_last]
