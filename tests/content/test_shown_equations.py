"""Each equation between numbers holds with the digits that are shown, whatever a quiz draws.

What computes a figure may be right and its digits too few: 0.003 squared is not 9.1e-6, though the number that 0.003
stands for has that square, and who checks the line with a calculator finds it wrong.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
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


#: Numbers of one question that are no equation, and yet follow from each other: what the last group shows is computed
#: from the others as they are shown.
FOLLOWS: list[tuple[str, str, str, Callable[..., float]]] = [
    (
        "activations",
        "stuck-at-the-wrong-end",
        r"so that \$h = ([^$]+)\$;.*?\\tanh\^2\(6\) = ([^$]+)\$",
        lambda h: 1 - h * h,
    ),
    (
        "activations",
        "way-in-and-way-out",
        r"\*: \$([^$]+)\$ is only \$(?=.+? times \$([^$]+)\$)(.+?)\$",
        lambda a, b: a / b,
    ),
    (
        "products",
        "one-narrow-step",
        r"^(?=.* as \$([^$]+)\$ steps with a factor of \$([^$]+)\$).*? keeps only \$([^$]+)\$",
        lambda T, f: f**T,
    ),
    (
        "products",
        "profile-on-a-log-axis",
        r"30 steps \$([^$]+)\$ of it.*say \$([^$]+)\$, which is \$([^$]+)\$",
        lambda a, b: b / a,
    ),
    (
        "vanishing-or-exploding",
        "smaller-rate-against-explosion",
        r"1.5\^\{40\} = ([^$]+)\$.*?still \$([^$]+)\$",
        lambda a: a / 1000,
    ),
    (
        "vanishing-or-exploding",
        "what-clipping-does-to-the-far",
        r"counts: \$([^$]+)\$ before and.* both \$([^$]+)\$",
        lambda a: a,
    ),
    (
        "vanishing-or-exploding",
        "what-clipping-does-to-the-far",
        r"before and \$([^$]+)\$ after, both \$([^$]+)\$",
        lambda a: a,
    ),
    ("long-range", "error-through-time", r"10 steps leave \$([^$]+)\$ and 20 .*? of it, \$([^$]+)\$", lambda a: a * a),
    (
        "long-range",
        "larger-weight",
        r"tanh\((.+?)\\,.*?h = ([^$]+)\$, where .*? by \$([^$]+)\$",
        lambda w, h: w * (1 - h * h),
    ),
    ("long-range", "larger-weight", r"the gradient by \$([^$]+)\$.*About \$(\S+?)\$ Twice", lambda k: 2 * k),
    ("long-range", "larger-weight", r"drives the state to \$([^$]+)\$.*?is only \$([^$]+)\$", lambda h: 1 - h * h),
    (
        "long-range",
        "larger-weight",
        r"It moves from \$.+?\$ to \$([^$]+)\$, and there the slope is \$([^$]+)\$",
        lambda h: 1 - h * h,
    ),
    ("long-range", "new-york", r"0.7\^\{20\} = ([^$]+)\$, agreement .*? about \$([^$]+)\$", lambda a: 1 / a),
    (
        "gates",
        "forget-bias-of-one",
        r"steps that is \$([^$]+)\$ against \$([^$]+)\$, about (.+?) times",
        lambda a, b: a / b,
    ),
]


@pytest.mark.parametrize(("quiz_id", "question_id", "pattern", "compute"), FOLLOWS)
def test_numbers_of_a_question_follow_from_each_other_as_they_are_shown(
    quiz_id: str, question_id: str, pattern: str, compute: Callable[..., float]
) -> None:
    for text in _whole(quiz_id, question_id):
        found = re.search(pattern, text)
        assert found is not None, text
        *given, claimed = (value(each) for each in found.groups())
        off = half_a_digit(re.sub(r"^10\^", r"1 \\cdot 10^", found.groups()[-1]))
        assert off is not None, found.groups()
        assert compute(*given) == pytest.approx(claimed, abs=off * 1.001), found[0]


def test_how_many_times_as_large_a_gradient_is_follows_from_what_is_left_of_the_other() -> None:
    for text in _whole("long-range", "the-nearest-noun"):
        (left,), times = set(re.findall(r"0\.\d\^7 = (.+?)\$", text)), set(re.findall(r"is (\S+) times as large", text))
        (shown_times,) = times
        assert 1 / float(left) == pytest.approx(float(shown_times), abs=(half_a_digit(shown_times) or 0) * 1.001)


def test_the_share_of_the_ten_nearest_terms_follows_from_the_two_sums() -> None:
    for text in _whole("long-range", "a-sum-over-distances"):
        sums = re.search(r"= ([\d.]+)\$, of all \$\d+\$ it is \$([\d.]+)\$", text)
        share = re.search(r"together make up ([\d.]+) % of the sum", text)
        assert sums is not None
        assert share is not None
        assert 100 * float(sums[1]) / float(sums[2]) == pytest.approx(float(share[1]), abs=0.05)


def _whole(quiz_id: str, question_id: str) -> set[str]:
    """All that a question says, for each of its draws."""
    question = next(one for one in load_quiz(COURSE, quiz_id).questions if one.id == question_id)
    return {" ".join(" ".join(shown(variant(question, seed, quiz_id))).split()) for seed in SEEDS}
