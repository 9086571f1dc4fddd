"""Asking a check's question again, within bounds: what it computes with an answer that it never saw may take more
memory than there is, and never end.

It must not know why it is asked again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograder.grading.asking import Ask, Outcome, Unusable, own_word, tried
from autograder.grading.checking import computing
from autograder.grading.endless import EndlessCheck
from autograder.sandbox.program import Program


def tried_again(ask: Ask, program: Program) -> Outcome:
    """Ask one program; that its answer is of no use is told by an exception of the question's, and by such an end."""
    try:
        with computing():
            return tried(lambda proxy: ask(proxy), program)  # called from here, which is where `endless` may end it
    except EndlessCheck as end:
        return Outcome(None, Unusable(RuntimeError(str(end))), program.remarks)


def once(
    kept: dict[int, tuple[object, Outcome]], question: object, ask: Callable[[], Outcome], *, steady: bool
) -> Outcome:
    """What is answered to a question of one submission's: what was `kept`, else what asking gives.

    It is kept if the same question surely gets the same again. `steady`: whoever is asked can't answer otherwise later.
    """
    if id(question) in kept:
        return kept[id(question)][1]
    outcome = ask()
    if steady and outcome.repeatable:
        kept[id(question)] = question, outcome  # with the question, whose id is another's once it is gone
    return outcome


def accepted(accept: Callable[[Any], bool], answer: Any) -> bool:
    """Whether a check takes an answer for a right one; not one that it can't use."""
    try:
        with computing():
            return bool(accept(answer))
    except (Exception, EndlessCheck):  # an assertion, say
        return False
    except BaseException as raised:
        if own_word(raised) is None:
            raise
        return False
