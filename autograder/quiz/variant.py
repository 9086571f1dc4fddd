"""A question as one student meets it: values drawn, holes filled, choices in their order.

The same seed, quiz and question give the same variant. It must not know who asks, nor what was answered.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from autograder.course.expressions import NotANumber, evaluate, holds
from autograder.course.quiz_model import AnyQuestion, Choice, Number, Parameter, WithChoices
from autograder.course.template import Value, fill
from autograder.quiz.draws import Draws

#: How often values are drawn until they meet a question's `where`.
TRIES = 1000


class CannotDraw(Exception):
    """No values that the question allows were found; the message is a sentence."""


class Trap(msgspec.Struct, frozen=True):
    """A tempting wrong number, and what is wrong with it."""

    number: float
    misconception: str
    why: str


class Variant(msgspec.Struct, frozen=True):
    """A question with its holes filled. All texts are Markdown with LaTeX.

    `choices` are in the order shown (none for a number), `key` and `traps` are numbers (none for choices).
    """

    question: AnyQuestion
    values: Mapping[str, Value]
    ask: str
    hints: tuple[str, ...]
    right: str | None
    choices: tuple[Choice, ...] = ()
    key: float | None = None
    traps: tuple[Trap, ...] = ()

    @property
    def keys(self) -> frozenset[str]:
        """The ids of the right choices."""
        return frozenset(choice.id for choice in self.choices if choice.correct)


def variant(question: AnyQuestion, seed: int, quiz_id: str) -> Variant:
    """Return the question that belongs to a seed. Raises CannotDraw, or NotANumber where an expression has no value."""
    draws = Draws(seed, quiz_id, question.id)
    values = _values(question, draws)
    numbers = {name: value for name, value in values.items() if not isinstance(value, str)}
    texts = _Texts(question, values)
    if isinstance(question, Number):
        traps = tuple(
            Trap(evaluate(trap.value, numbers), trap.misconception, fill(trap.why, values)) for trap in question.traps
        )
        return texts.variant(key=evaluate(question.key, numbers), traps=traps)
    order = Draws(seed, quiz_id, question.id, "order")
    return texts.variant(choices=tuple(_fill(choice, values) for choice in _ordered(question, order)))


class _Texts(msgspec.Struct, frozen=True):
    question: AnyQuestion
    values: Mapping[str, Value]

    def variant(
        self, choices: tuple[Choice, ...] = (), key: float | None = None, traps: tuple[Trap, ...] = ()
    ) -> Variant:
        question, values = self.question, self.values
        return Variant(
            question=question,
            values=values,
            ask=fill(question.ask, values),
            hints=tuple(fill(hint, values) for hint in question.hints),
            right=None if question.right is None else fill(question.right, values),
            choices=choices,
            key=key,
            traps=traps,
        )


def _values(question: AnyQuestion, draws: Draws) -> dict[str, Value]:
    for _ in range(TRIES):
        values: dict[str, Value] = {}
        numbers: dict[str, float] = {}
        for name, parameter in question.parameters.items():
            value = _drawn(parameter, draws, numbers)
            values[name] = value
            if not isinstance(value, str):
                numbers[name] = value
        if question.where is None or holds(question.where, numbers):
            return values
    raise CannotDraw(f"{TRIES} draws met 'where' not once; widen the parameters or the relation")


def _drawn(parameter: Parameter, draws: Draws, numbers: Mapping[str, float]) -> Value:
    if parameter.choose is not None:
        chosen = draws.one_of(parameter.choose)
        return chosen if isinstance(chosen, str) else float(chosen)
    if parameter.integer is not None:
        low, high = parameter.integer
        return float(low + draws.below(high - low + 1))
    if parameter.real is not None:
        return round(draws.between(*parameter.real), parameter.decimals)
    if parameter.derived is None:
        raise NotANumber("a parameter has no form")
    return evaluate(parameter.derived, numbers)


def _ordered(question: WithChoices, draws: Draws) -> list[Choice]:
    loose = [choice for choice in question.choices if choice.pin is None]
    pinned = [choice for choice in question.choices if choice.pin is not None]
    return (draws.shuffled(loose) if question.shuffle else loose) + pinned


def _fill(choice: Choice, values: Mapping[str, Value]) -> Choice:
    return Choice(
        id=choice.id,
        text=fill(choice.text, values),
        why=fill(choice.why, values),
        correct=choice.correct,
        misconception=choice.misconception,
        pin=choice.pin,
    )
