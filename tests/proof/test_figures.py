"""Figures: what counts as computed, and that the two that are often told wrong are right in this course."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.course import CourseRoot, load_course, load_exercise
from autograder.course.source import read_yaml
from autograder.proof.figures import agrees, prove_figures
from tests.command import REPOSITORY
from tests.proof.filled import EXERCISE, SOLUTION


@pytest.mark.parametrize(
    ("claim", "value", "right"),
    [
        ("0.349", 0.9**10, True),
        ("4.9e-324", 5e-324, True),
        ("0.387", 0.9**10, False),
        ("2.3e-5", 0.7**30, True),
        ("7e-5", 0.7**30, False),
        ("0.35", 0.3487, True),
        ("0.34", 0.3487, False),
        ("−1", -1.0, True),
        ("1{,}000", 1000, True),
        ("sigmoid", "sigmoid", True),
        ("1", "1.0", False),
        ("nan", float("nan"), False),
        ("1", float("inf"), False),
    ],
)
def test_a_claim_is_the_value_rounded_to_its_digits(claim: str, value: object, right: bool) -> None:
    assert agrees(claim, value) is right


@given(st.floats(-1e3, 1e3), st.integers(0, 8))
def test_whatever_python_rounds_a_value_to_is_a_claim_of_it(value: float, digits: int) -> None:
    assert agrees(f"{value:.{digits}f}", value)
    assert agrees(f"{value:.{digits}e}", value)
    assert not agrees(f"{value + 2 * 10.0**-digits * max(1.0, abs(value)):.{digits}f}", value)


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        ("{claim: '1.124', text: '= 1.125', expr: '0.25 / 2 + 1'}", "The text says 1.124, and 1.125 was computed."),
        ("{claim: '1.125', text: '= 1.125 apples', expr: '1.125'}", "No text of this exercise says '= 1.125 apples'."),
        ("{claim: '2', text: '= 1.125', expr: '1 + 1'}", "doesn't hold the claim 2"),
        ("{claim: '1.125', text: '= 1.125', expr: '1 / 0'}", "can't be computed: ZeroDivisionError"),
        ("{claim: '1.125', text: '= 1.125'}", "needs one of 'expr' and 'code'"),
    ],
)
def test_a_figure_that_is_not_right_is_told_with_its_line(course: Path, entry: str, sentence: str) -> None:
    right = "- {claim: '1.125', text: '= 1.125', code: 'value = 0.25 / 2 + 1'}"
    (course / SOLUTION / "figures.yaml").write_text(f"{right}\n- {entry}\n")
    found = prove_figures(load_exercise(CourseRoot.at(course), EXERCISE))
    assert [problem.line for problem in found.problems if sentence in problem.sentence] == [2]


def test_code_that_ends_its_process_proves_nothing(course: Path) -> None:
    ending = "{claim: '1.125', text: '= 1.125', code: 'import os; os._exit(0)'}"
    (course / SOLUTION / "figures.yaml").write_text(f"- {ending}\n")
    found = prove_figures(load_exercise(CourseRoot.at(course), EXERCISE))
    assert "ended early" in found.problems[0].sentence


def test_a_number_that_nothing_computes_is_told_with_its_line(course: Path) -> None:
    (course / SOLUTION / "figures.yaml").write_text("[]\n")
    found = prove_figures(load_exercise(CourseRoot.at(course), EXERCISE))
    (problem,) = found.demanded["quoted_figures"]
    assert (problem.file.name, problem.line) == ("statement.md", 9)
    assert "1.125" in problem.sentence


@pytest.mark.parametrize(("expression", "claim"), [("0.9**10", "0.349"), ("1e5*0.7**30", "2.3")])
def test_the_two_figures_that_are_told_wrong_elsewhere_are_right_here(expression: str, claim: str) -> None:
    listed = [
        (each.get("expr", "").replace(" ", ""), each["claim"])
        for exercise in load_course(CourseRoot.at(REPOSITORY)).exercise_ids
        for each in read_yaml(REPOSITORY / "solutions" / exercise / "figures.yaml").data
    ]
    claims = {stated for computed, stated in listed if computed == expression}
    assert claims == {claim}
