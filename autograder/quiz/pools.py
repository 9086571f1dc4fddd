"""Which questions of a quiz's pools a student is asked: the student's own seed decides, and nothing else.

A question's rank in its pool is a hash of the seed and its id, so an order that changes, or a question that is added,
changes as little as can be. It must not know who asks.
"""

from __future__ import annotations

from dataclasses import replace

from autograder.course import Quiz
from autograder.quiz.draws import Draws

_RANKS = 1 << 64


def as_asked(quiz: Quiz, seed: int) -> Quiz:
    """Return the quiz that the student of this seed is asked: no pools, and of each the questions that were drawn."""
    if not quiz.pools:
        return quiz
    spared: set[str] = set()
    for pool in quiz.pools:
        ranked = sorted(pool.of, key=lambda name: Draws(seed, quiz.id, name, "pool").below(_RANKS))
        spared.update(ranked[pool.choose :])
    return replace(quiz, questions=tuple(each for each in quiz.questions if each.id not in spared), pools=())
