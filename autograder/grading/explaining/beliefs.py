"""Naming what a student believed: which known-wrong program answers every question as the submission did.

A belief is named for a check only if it explains every answer seen in that check, the right ones included. Among
several that do, the one that explains most of the submission's failed checks is named.
"""

from __future__ import annotations

import ast
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from autograder.course import KnownWrong
from autograder.grading.asking import Ask, Asked, Outcome, put, same
from autograder.grading.report import Misconception
from autograder.sandbox.failures import ProgramMissing
from autograder.sandbox.program import Program

#: Seconds after which no further belief is asked about one check: some train a network for each answer.
_PATIENCE = 60.0


@dataclass(frozen=True)
class Screen:
    """A fixed question, the same for every submission, and what this one answered; `place` tells it from others."""

    place: tuple[str, int]
    asked: Asked


class _Belief:
    """A known-wrong program, set up when first asked; `keeps_state`: its answers can depend on earlier questions."""

    def __init__(self, wrong: KnownWrong, set_up: Callable[[str], Program]) -> None:
        self.misconception = Misconception(wrong.id, wrong.title, wrong.explanation)
        self._source, self._set_up = wrong.source, set_up
        self._program: Program | None = None
        self._fixed: dict[tuple[str, int], Outcome | None] = {}

    # Found out when first wanted: a submission that passes need not wait until dozens of sources are parsed.
    @cached_property
    def keeps_state(self) -> bool:
        return keeps_state(self._source)

    @cached_property
    def _defines(self) -> frozenset[str]:
        return _defined(self._source)

    @property
    def program(self) -> Program:
        if self._program is None:
            self._program = self._set_up(self._source)
        return self._program

    def surely_differs(self, question: Asked) -> bool:
        """Whether it need not be asked: the submission lacks a name that it has."""
        failure = question.outcome.failure
        return isinstance(failure, ProgramMissing) and failure.name in self._defines

    def passes(self, screen: Screen) -> bool:
        """Whether it answers the fixed question as the submission did; it is asked once for all submissions."""
        if screen.place not in self._fixed:
            outcome = self._answer(screen.asked.ask)
            if outcome is not None and not outcome.repeatable:
                return True
            self._fixed[screen.place] = outcome
        outcome = self._fixed[screen.place]
        return outcome is not None and same(screen.asked, outcome)

    def _answer(self, ask: Ask) -> Outcome | None:
        """None where a check can't use its answer."""
        try:
            return put(ask, self.program)
        except Exception:
            return None
        finally:
            self.program.forget()

    def close(self) -> None:
        if self._program is not None:
            self._program.close()


class Diagnosis:
    """The known-wrong programs of one exercise; their workers start when first asked, and stay.

    `set_up` makes a Program of a source, on a zygote that is warm enough for it: one that may have to be started.
    """

    def __init__(self, known_wrong: Iterable[KnownWrong], set_up: Callable[[str], Program]) -> None:
        self._beliefs = [_Belief(wrong, set_up) for wrong in known_wrong]

    def candidates(
        self,
        asked: Sequence[Asked],
        history: Sequence[Ask],
        suspected: Collection[str],
        screen: Callable[[], Screen | None] = lambda: None,
    ) -> list[Misconception]:
        """Beliefs that explain a failed check's questions.

        Asked first are the `suspected` ones, which explained earlier checks of this submission; if one explains this
        check too, the others need not be asked. Of these only those are that pass the `screen`: it costs one question,
        where each belief would cost one. `history` holds the questions that the submission's worker had met before: a
        program that keeps state between calls must have met the same ones to answer alike. That takes a fresh worker
        each time, so such programs come last.
        """
        others = [belief for belief in self._beliefs if belief.misconception.id not in suspected]
        groups: tuple[tuple[list[_Belief], Callable[[], Screen | None]], ...] = (
            ([belief for belief in self._beliefs if belief.misconception.id in suspected], lambda: None),
            ([belief for belief in others if not belief.keeps_state], screen),
            ([belief for belief in others if belief.keeps_state], lambda: None),
        )
        until = time.monotonic() + _PATIENCE
        for beliefs, screen_of in groups if asked else ():
            screened = screen_of() if beliefs else None
            found = {
                belief.misconception.id: belief.misconception
                for belief in takewhile(lambda _: time.monotonic() < until, beliefs)
                if (screened is None or belief.passes(screened)) and self._explains(belief, asked, history)
            }
            if found:
                return list(found.values())
        return []

    def _explains(self, belief: _Belief, asked: Sequence[Asked], history: Sequence[Ask]) -> bool:
        if any(map(belief.surely_differs, asked)):
            return False
        # The last question is the one that was answered wrongly. Where the order doesn't matter it is asked first, for
        # most programs fall at it.
        questions = asked[::-1]
        if belief.keeps_state:
            questions = asked
            belief.program.close()
            for earlier in history:
                put(earlier, belief.program)
        try:
            return all(same(question, put(question.ask, belief.program)) for question in questions)
        except Exception:  # a check can't use this program's answer as it used the submission's: they differ
            return False
        finally:
            belief.program.forget()

    def close(self) -> None:
        for belief in self._beliefs:
            belief.close()


def choose(candidates: Mapping[str, Sequence[Misconception]]) -> dict[str, Misconception]:
    """One belief for each check that has candidates: the one that explains most checks, then the first."""
    votes = Counter(misconception.id for found in candidates.values() for misconception in found)
    return {
        check: max(found, key=lambda misconception: votes[misconception.id])
        for check, found in candidates.items()
        if found
    }


def _defined(source: str) -> frozenset[str]:
    """The functions and classes at the top level of a program."""
    return frozenset(node.name for node in ast.parse(source).body if isinstance(node, ast.FunctionDef | ast.ClassDef))


def keeps_state(source: str) -> bool:
    """Whether a program could remember earlier calls: by `global`, a mutable default, or a module-level container."""
    tree = ast.parse(source)
    containers = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp, ast.Call)
    for node in ast.walk(tree):
        if isinstance(node, ast.Global | ast.Nonlocal):
            return True
        if isinstance(node, ast.arguments):
            defaults = [*node.defaults, *(default for default in node.kw_defaults if default is not None)]
            if any(isinstance(default, containers) for default in defaults):
                return True
        if isinstance(node, ast.FunctionDef) and any("cache" in ast.unparse(each) for each in node.decorator_list):
            return True
        if isinstance(node, ast.Assign) and any(map(_of_no_instance, node.targets)):
            return True
    return any(
        isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, containers) for node in tree.body
    )


def _of_no_instance(target: ast.expr) -> bool:
    """Whether an assignment sets an attribute of something else than `self`: of a function or a module, say."""
    return isinstance(target, ast.Attribute) and not ast.unparse(target).startswith("self.")
