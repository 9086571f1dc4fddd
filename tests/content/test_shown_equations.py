"""Each equation between numbers holds with the digits that are shown, whatever a quiz draws.

What computes a figure may be right and its digits too few: 0.003 squared is not 9.1e-6, though the number that 0.003
stands for has that square, and who checks the line with a calculator finds it wrong.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import pairwise

import pytest

from autograder import language
from autograder.course import CourseRoot, load_course, load_exercise, load_quiz
from autograder.proof.texts import texts_of
from autograder.quiz.variant import Variant, variant
from tests.command import REPOSITORY

ROOT = CourseRoot.at(REPOSITORY)
COURSE = load_course(ROOT)
SPANISH = [file.stem for file in sorted((REPOSITORY / "quizzes" / "es").glob("*.yaml"))]
SEEDS = range(100)
NAMES = {"tanh": math.tanh, "ln": math.log, "lg": math.log10, "sqrt": math.sqrt, "e": math.e}
NAMES["sigma"] = lambda z: 1 / (1 + math.exp(-z))
AS_PYTHON = (
    (r"\{,\}", "."),
    (r"\\log_\{10\}", r"\\lg"),
    (r"\\t?frac\{?(\d+)\}?\{?(\d+)\}?", r"(\1/\2)"),
    (r"\\sqrt\{([^{}]*)\}", r"sqrt(\1)"),
    (r"\\(tanh|sigma|ln|lg)\^2 ?\(([^()]*)\)", r"\1(\2)**2"),
    (r"\\(tanh|sigma|ln|lg) ?\(", r"\1("),
    (r"\\(ln|lg) ([\d.]+)", r"\1(\2)"),
    (r"(.*)\\%", r"(\1)/100"),
    (r"\\cdot", "*"),
    (r"\^", "**"),
    (r"\{", "("),
    (r"\}", ")"),
    (r"\\,", ""),
)
SHOWN = re.compile(r"\(?-?(\d+)(?:\.(\d+))?(?: \\cdot 10\^\{(-?\d+)\})?(\\,\\%)?\)?")


def value(side: str) -> float | None:
    """What a side of an equation comes to; None where it isn't made of numbers alone."""
    for pattern, python in AS_PYTHON:
        side = re.sub(pattern, python, side)
    unknown = set(re.findall(r"[A-Za-z\\_]+", side)) - set(NAMES)
    if unknown or re.search(r"\d\s+\d|\d\(|\)\(|\)\d|\d[a-z]", side):
        return None
    try:
        return float(eval(side, {"__builtins__": {}}, NAMES))
    except (SyntaxError, ValueError, TypeError, ZeroDivisionError):
        return None


def half_a_digit(side: str) -> float | None:
    """How far a number may be from what it is rounded from; None for anything but a number."""
    shown = SHOWN.fullmatch(side.replace("{,}", "."))
    if shown is None:
        return None
    decimals, exponent, percent = len(shown[2] or ""), int(shown[3] or 0), 2 * bool(shown[4])
    return float(0.5 * 10.0 ** (exponent - decimals - percent))


def equations(text: str) -> Iterator[tuple[str, str]]:
    """Each two neighbouring sides of the equations in a text."""
    for formula in re.findall(r"\$\$?([^$]+)\$", " ".join(text.split())):
        for clause in re.split(r"\\q?quad|(?<!\\), |,\\ ", formula):
            yield from pairwise(side.strip(" .,;") for side in clause.split("="))


def wrong(text: str) -> list[str]:
    """The equations whose right side isn't what the left one comes to, with the digits that stand there."""
    found = []
    for left, right in equations(text):
        computed, claimed, off = value(left), value(right), half_a_digit(right)
        if computed is None or claimed is None or off is None:
            continue
        if abs(computed - claimed) > off * 1.001:
            found.append(f"{left} = {right}")
    return found


def shown(one: Variant) -> Iterator[str]:
    yield from (one.ask, one.right or "", *one.hints)
    yield from (text for choice in one.choices for text in (choice.text, choice.why))
    yield from (trap.why for trap in one.traps)


@pytest.mark.parametrize(
    ("quiz_id", "spoken"), [*((each, "en") for each in COURSE.quiz_ids), *((each, "es") for each in SPANISH)]
)
def test_equations_of_a_quiz_hold_as_they_are_shown(quiz_id: str, spoken: str) -> None:
    with language.speaking(spoken):
        drawn = [variant(each, seed, quiz_id) for each in load_quiz(COURSE, quiz_id).questions for seed in SEEDS]
        texts = {text for one in drawn for text in shown(one)}
    assert sorted({each for text in texts for each in wrong(text)}) == []


@pytest.mark.parametrize("exercise_id", COURSE.exercise_ids)
def test_equations_of_an_exercise_hold_as_they_are_shown(exercise_id: str) -> None:
    assert sorted(each for text in texts_of(load_exercise(ROOT, exercise_id)) for each in wrong(text.text)) == []


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        (r"$(0.003)^2 = 9.1 \cdot 10^{-6}$", False),
        (r"$0.9^{10} = 0.349$", True),
        (r"$0.9^{10} = 0.387$", False),
        (r"$0{,}25^3 = 0{,}015625$", True),
        (r"$1 - \tanh^2(-1) = 0.420 = 42\,\%$", True),
        (r"$\sigma(1)^{10} = 0.044$", True),
        (r"$\sigma(1) = 0.713$", False),
    ],
)
def test_a_false_equation_is_found(text: str, holds: bool) -> None:
    assert (wrong(text) == []) == holds
    assert [pair for pair in equations(text) if value(pair[0]) is not None and half_a_digit(pair[1])] != []
