"""A function that uses another one which goes wrong itself: what is used is told first, and that it is used."""

from __future__ import annotations

import ast

from autograder.feedback import mistakes
from autograder.grading.explaining.used_functions import reached
from tests.command import REPOSITORY
from tests.grading.judges import Graded

WRONG = """
def spectral_radius(W):
    return [W]
"""


def wrong_radius(regime: str = "") -> str:
    return (REPOSITORY / "solutions/exercise-06/spectrum.py").read_text(encoding="utf-8") + WRONG + regime


def test_what_is_used_comes_first_and_the_other_says_that_it_uses_it(graded: Graded) -> None:
    report = graded("exercise-06", wrong_radius())
    uses = {each.functions[0]: each.uses for each in report.explanations}
    assert uses["regime"] == ["spectral_radius"]
    assert uses.get("spectral_radius", []) == []
    regime = next(each for each in report.explanations if each.functions == ["regime"])
    assert "spectral_radius, which goes wrong itself" in f"{regime.title} {regime.text}"
    told = [each.explanation.functions for each in mistakes.mistakes(report) if each.explanation is not None]
    assert told.index(["spectral_radius"]) < told.index(["regime"])


def test_a_function_that_computes_it_by_itself_isnt_said_to_use_it(graded: Graded) -> None:
    own = """
def regime(W, tol=1e-6):
    spectral_radius = 0
    return "exploding" if 1 / spectral_radius > 1 else "vanishing"
"""
    report = graded("exercise-06", wrong_radius(own))
    raised = next(each for each in report.explanations if each.functions == ["regime"])
    assert "ZeroDivisionError" in raised.title
    assert raised.uses == []


def test_what_is_used_by_way_of_another_function_counts() -> None:
    tree = ast.parse("def a(): return b()\ndef b(): return [c for c in d()]\ndef c(): ...\ndef d(d=1): return d")
    assert [*reached(tree, ["a"])] == ["a", "b", "d"]
