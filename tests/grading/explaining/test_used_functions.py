"""A function that uses another one which goes wrong itself: what is used is told first, and that it is used."""

from __future__ import annotations

import ast
from types import SimpleNamespace
from typing import Any

from autograder.feedback import mistakes
from autograder.grading.explaining.evidence import Mistake, Part
from autograder.grading.explaining.used_functions import reached, with_used
from autograder.grading.report import Explanation
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


def test_one_reason_of_two_mistakes_stays_one() -> None:
    asked: Any = SimpleNamespace(call=None)
    wrong = [Mistake(frozenset([name]), [Part(f"of {name}", asked, passed=False)]) for name in ("uses", "used")]
    evidence: Any = SimpleNamespace(
        mistakes=wrong,
        unwritten=frozenset(),
        submission=SimpleNamespace(source="def uses(): return used()\ndef used(): return 0"),
        is_on_its_side=lambda asked, mistake: True,
    )
    reason = Explanation("behaviour", "uses: it is 0", "", checks=["of uses", "of used"], functions=["uses"])
    (_, first), (_, second) = with_used(evidence, [(wrong[0], reason), (wrong[0], reason)])
    assert first is second
    assert first.uses == ["used"]


REAL_PARTS = """
def spectral_radius(W):
    return float(np.max(np.abs(np.linalg.eigvals(W).real)))
"""


def test_what_goes_wrong_by_itself_isnt_laid_on_what_is_used(graded: Graded) -> None:
    own = """
def regime(W, tol=1e-6):
    rho = spectral_radius(W)
    return "marginal" if abs(rho - 1) <= 1e-6 else "vanishing" if rho < 1 else "exploding"
"""
    source = (REPOSITORY / "solutions/exercise-06/spectrum.py").read_text(encoding="utf-8") + REAL_PARTS
    report = graded("exercise-06", source + own)
    used = next(each for each in report.explanations if each.uses)
    assert used.functions == ["regime"]
    assert used.checks == ["radius_decides_the_regime"]


def test_what_goes_wrong_by_itself_is_said_where_what_is_used_is_right(graded: Graded) -> None:
    own = """
def regime(W, tol=1e-6):
    rho = spectral_radius(W)
    return "marginal" if abs(rho - 1) <= tol else "Vanishing" if rho < 1 else "Exploding"
"""
    source = (REPOSITORY / "solutions/exercise-06/spectrum.py").read_text(encoding="utf-8") + REAL_PARTS
    titles = [each.title for each in graded("exercise-06", source + own, known=False).explanations]
    assert any("not letter for letter, where spectral_radius answers rightly" in title for title in titles)


def test_an_answer_that_stays_wrong_where_what_is_used_is_right_comes_from_elsewhere(graded: Graded) -> None:
    wrong = """
def peak_derivative(name):
    return 0.2 if name == "sigmoid" else 1.0


def gradient_ceiling(name, steps):
    return 0 * peak_derivative(name)
"""
    source = (REPOSITORY / "solutions/exercise-03/activations.py").read_text(encoding="utf-8") + wrong
    (zero,) = [each for each in graded("exercise-03", source, known=False).explanations if "always 0" in each.title]
    assert zero.uses == []
    assert "goes wrong itself" not in zero.text
