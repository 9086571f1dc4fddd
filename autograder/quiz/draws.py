"""Random choices that are the same on every machine and in every version of Python.

An answer is judged again wherever the answer file is read, so the values it was given to must come back there. Python's
own `random` promises that for its `random()` alone; here a choice is a hash of what it is for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TypeVar

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
