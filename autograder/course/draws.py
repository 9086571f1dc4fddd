"""Random choices that are the same on every machine and in every version of Python.

An answer is judged again wherever the answer file is read, so the values it was given to must come back there. Python's
own `random` promises that for its `random()` alone; here a choice is a hash of what it is for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from autograder.course.expressions import NotANumber, evaluate, holds
from autograder.course.template import Value, numbers_in
from autograder.language import tr

if TYPE_CHECKING:
    from autograder.course.parameters import Parameter

#: How often values are drawn until they meet their `where`.
TRIES = 1000
Item = TypeVar("Item")


class Draws:
    """A stream of choices that `labels` decide: the same labels, the same stream."""

    def __init__(self, *labels: str | int) -> None:
        self._seed = "\0".join(map(str, labels)).encode()
        self._drawn = 0

    def below(self, limit: int) -> int:
        """Return a whole number from 0 to `limit - 1`. 128 bits make the bias immeasurable."""
        digest = hashlib.sha256(b"%s\0%d" % (self._seed, self._drawn)).digest()
        self._drawn += 1
        return int.from_bytes(digest[:16], "big") % limit

    def one_of(self, items: Sequence[Item]) -> Item:
        """Return one of the items."""
        return items[self.below(len(items))]

    def between(self, low: float, high: float) -> float:
        """Return a number from `low` to `high`."""
        return low + (high - low) * self.below(1 << 53) / (1 << 53)

    def shuffled(self, items: Sequence[Item]) -> list[Item]:
        """Return the items in another order, each as likely as any."""
        rest = list(items)
        return [rest.pop(self.below(len(rest))) for _ in items]


class CannotDraw(Exception):
    """No values that the relation allows were found; the message is a clause."""


def draw(parameters: Mapping[str, Parameter], where: str | None, draws: Draws) -> dict[str, Value]:
    """Return a value for each parameter. Raises CannotDraw, or NotANumber where an expression has no value."""
    for _ in range(TRIES):
        values: dict[str, Value] = {}
        for name, parameter in parameters.items():
            values[name] = _drawn(parameter, draws, numbers_in(values))
        if where is None or holds(where, numbers_in(values)):
            return values
    raise CannotDraw(tr("{tries} draws met 'where' not once; widen the parameters or the relation", tries=TRIES))


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
        raise NotANumber(tr("a parameter has no form"))
    return evaluate(parameter.derived, numbers)
