"""A drill's key, solutions/<id>/answers.yaml: the numbers asked for, what tempts, and why.

Its expressions and texts may use what the drill draws (`drawn` looks whether they may).

It must not evaluate an expression: that is the grader's.
"""

import math
from collections.abc import Iterator
from typing import Annotated, TypeAlias

from msgspec import Meta

from autograder.course.authored import Authored, Fault
from autograder.course.model import KebabId, Points, SnakeId, Text
from autograder.course.parameters import Expression
from autograder.course.source import Location
from autograder.language import tr

Relative: TypeAlias = Annotated[
    Annotated[float, Meta(gt=0, lt=1)] | None, Meta(description="As a share of the number, such as 0.01.")
]
Absolute: TypeAlias = Annotated[Annotated[float, Meta(gt=0)] | None, Meta(description="In the number's own unit.")]
Exact: TypeAlias = Annotated[bool, Meta(description="No deviation at all; 13.0 counts as 13.")]


class Tolerance(Authored, frozen=True, kw_only=True):
    """How near is near enough: one of three; 1 % of the expected number where none is said."""

    relative: Relative = None
    absolute: Absolute = None
    exact: Exact = False

    def faults(self) -> Iterator[Fault]:
        if (self.relative is not None) + (self.absolute is not None) + self.exact > 1:
            yield (), tr("has several of 'relative', 'absolute' and 'exact'; keep one")

    def accepts(self, value: float, expected: float) -> bool:
        """Return whether `value` counts as `expected`. NaN and infinities never do."""
        return math.isfinite(value) and abs(value - expected) <= self.within(expected)

    def within(self, expected: float) -> float:
        """Return how far a number may be from the expected one."""
        if self.exact:
            return 0.0
        if self.absolute is not None:
            return self.absolute
        return (0.01 if self.relative is None else self.relative) * abs(expected)


class Trap(Tolerance, frozen=True, kw_only=True):
    """A tempting wrong number and the belief that leads to it."""

    value: Annotated[Expression, Meta(description="The wrong number, as an expression.")]
    misconception: Annotated[KebabId, Meta(description="The belief, by its id in the catalogue.")]
    why: Annotated[
        Text, Meta(description="What was thought, where it breaks, what to think instead (Markdown with LaTeX).")
    ]


class Answer(Tolerance, frozen=True, kw_only=True):
    """One number asked for."""

    title: Annotated[Text, Meta(description="What is asked, in one line (Markdown with LaTeX).")]
    points: Annotated[Points, Meta(description="What it is worth.")]
    key: Annotated[Expression, Meta(description="The right number, as an expression.")]
    right: Annotated[Text, Meta(description="Why it is right (Markdown with LaTeX).")]
    hint: Annotated[Text | None, Meta(description="Shown when the number is wrong and no trap matches.")] = None
    traps: Annotated[tuple[Trap, ...], Meta(description="Tempting wrong numbers; the first that matches wins.")] = ()


class Consistency(Authored, frozen=True, kw_only=True):
    """A relation that several answers must meet together."""

    id: Annotated[SnakeId, Meta(description="The check's id.")]
    title: Annotated[Text, Meta(description="The relation in one line (Markdown with LaTeX).")]
    points: Annotated[Points, Meta(description="What it is worth.")]
    holds: Annotated[Text, Meta(description="An expression over the answers' names that must be true.")]
    message: Annotated[Text, Meta(description="Said where it is not (Markdown with LaTeX).")]


class AnswerKey(Authored, frozen=True, kw_only=True):
    """The whole key: answers by their name, in the order in which they are asked."""

    answers: Annotated[dict[SnakeId, Answer], Meta(min_length=1, description="The numbers asked for, by name.")]
    consistency: Annotated[tuple[Consistency, ...], Meta(description="Relations between several answers.")] = ()

    def faults(self) -> Iterator[Fault]:
        for index, check in enumerate(self.consistency):
            if check.id in self.answers:
                yield ("consistency", index, "id"), tr("is the id of an answer too ({id!r}); rename one", id=check.id)

    def expressions(self) -> Iterator[tuple[Location, str]]:
        """Yield every number to be worked out, and where it stands."""
        return self.under({"key", "value"})

    @property
    def points(self) -> float:
        """What all answers and relations are worth together."""
        return sum(a.points for a in self.answers.values()) + sum(c.points for c in self.consistency)
