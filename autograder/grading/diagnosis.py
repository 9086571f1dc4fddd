"""Naming what a student believed: which known-wrong program answers every question as the submission did.

A belief is named for a check only if it explains every answer seen in that check, the right ones included. Among
several that do, the one that explains most of the submission's failed checks is named.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from autograder.course import KnownWrong
from autograder.grading.asking import Asked, put, same
from autograder.grading.report import Misconception
from autograder.sandbox.program import Allowance, Program
from autograder.sandbox.zygote import Zygote


@dataclass(frozen=True)
class _Belief:
    """A known-wrong program, and whether an answer of it can depend on earlier questions."""

    misconception: Misconception
    program: Program
    keeps_state: bool


class Diagnosis:
    """The known-wrong programs of one exercise; their workers start when first asked, and stay."""

    def __init__(self, known_wrong: Iterable[KnownWrong], zygote: Zygote, filename: str, allowance: Allowance) -> None:
        self._beliefs = [
            _Belief(
                Misconception(wrong.id, wrong.title, wrong.explanation),
                Program(zygote, filename, wrong.source, allowance),
                keeps_state(wrong.source),
            )
            for wrong in known_wrong
        ]

    def candidates(
        self, asked: Sequence[Asked], history: Sequence[Asked], suspected: Collection[str]
    ) -> list[Misconception]:
        """Beliefs that explain a failed check's questions.

        Asked first are the `suspected` ones, which explained earlier checks of this submission; if one explains this
        check too, the others need not be asked. `history` holds the questions that the submission's worker had met
        before: a program that keeps state between calls must have met the same ones to answer alike. That takes a
        fresh worker each time, so such programs come last.
        """
        others = [belief for belief in self._beliefs if belief.misconception.id not in suspected]
        groups = (
            [belief for belief in self._beliefs if belief.misconception.id in suspected],
            [belief for belief in others if not belief.keeps_state],
            [belief for belief in others if belief.keeps_state],
        )
        for group in groups if asked else ():
            found = {
                belief.misconception.id: belief.misconception
                for belief in group
                if self._explains(belief, asked, history)
            }
            if found:
                return list(found.values())
        return []

    def _explains(self, belief: _Belief, asked: Sequence[Asked], history: Sequence[Asked]) -> bool:
        if belief.keeps_state:
            belief.program.close()
            for earlier in history:
                put(earlier.ask, belief.program)
        try:
            return all(same(question, put(question.ask, belief.program)) for question in asked)
        except Exception:  # a check can't use this program's answer as it used the submission's: they differ
            return False

    def close(self) -> None:
        for belief in self._beliefs:
            belief.program.close()


def choose(candidates: Mapping[str, Sequence[Misconception]]) -> dict[str, Misconception]:
    """One belief for each check that has candidates: the one that explains most checks, then the first."""
    votes = Counter(misconception.id for found in candidates.values() for misconception in found)
    return {
        check: max(found, key=lambda misconception: votes[misconception.id])
        for check, found in candidates.items()
        if found
    }


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
