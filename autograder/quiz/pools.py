"""Which questions of a quiz's pools a student is asked: the student's own seed decides, and nothing else.

A question's rank in its pool is a hash of the seed and its id, so an order that changes, or a question that is added,
changes as little as can be. It must not know who asks.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

from msgspec.structs import replace

from autograder.course.draws import Draws

if TYPE_CHECKING:
    from autograder.course import Quiz

_RANKS = 1 << 64


class Questions(Protocol):
    """A pool: how many of which questions a student is asked."""

    @property
    def choose(self) -> int: ...
    @property
    def of(self) -> tuple[str, ...]: ...


def spared(quiz_id: str, pools: Iterable[Questions], seed: int) -> set[str]:
    """Return the questions of a quiz's pools that the student of this seed is not asked."""
    found: set[str] = set()
    for pool in pools:
        ranked = sorted(pool.of, key=lambda name: Draws(seed, quiz_id, name, "pool").below(_RANKS))
        found.update(ranked[pool.choose :])
    return found


def as_asked(quiz: Quiz, seed: int) -> Quiz:
    """Return the quiz that the student of this seed is asked: no pools, and of each the questions that were drawn."""
    if not quiz.pools:
        return quiz
    left_out = spared(quiz.id, quiz.pools, seed)
    return replace(quiz, questions=tuple(each for each in quiz.questions if each.id not in left_out), pools=())
