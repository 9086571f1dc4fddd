"""What a shown check tells of its inputs: by the names that the stub gives them, matrices row below row."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from autograder.course import CourseRoot, load_exercise
from autograder.feedback.mistakes import Case
from autograder.grading.asking import Outcome
from autograder.grading.report import CheckResult
from autograder.grading.showing import describe_call, with_case
from autograder.sandbox.failures import OutOfTime
from autograder.sandbox.values import Fields, tensor
from tests.command import REPOSITORY


def test_each_input_has_the_name_that_the_stub_gives_it() -> None:
    parameters = load_exercise(CourseRoot.at(REPOSITORY), "exercise-04").parameters
    assert parameters("tanh_jacobian") == ("h_prev", "x", "W_hh", "W_xh", "b")
    assert parameters("something_else") == ()


def test_the_rows_of_a_matrix_stand_below_one_another() -> None:
    lines = describe_call(
        [np.eye(2), 3.0], {"scale": 2}, ("W",), Outcome(tensor(np.eye(2))), Outcome(1.5)
    ).text.splitlines()
    assert lines == [
        "",
        "called with:",
        "W = [[1., 0.],",
        "     [0., 1.]]",
        "3.0",
        "scale = 2",
        "it gave: tensor([[1., 0.],",
        "                 [0., 1.]])",
        "expected: 1.5",
    ]


def test_what_a_dict_holds_stands_below_one_another() -> None:
    lines = describe_call(
        [], {}, (), Outcome({"h": np.array([1.0, -0.25]), "T": 2}), Outcome({"T": 2})
    ).text.splitlines()
    assert lines == ["", "it gave: {'h': [1., -0.25],", "          'T': 2}", "expected: {'T': 2}"]


def test_a_number_has_the_digits_that_tell_something() -> None:
    said = describe_call([[0.9**3, 1 / 3], 1e-7], {}, ("rates", "eps"), Outcome(2.0), Outcome(1.0)).text
    assert "called with: rates = [0.729, 0.333333333333], eps = 1e-07" in said


def test_what_is_told_of_another_question_takes_the_place_of_what_its_numbers_do_not_belong_to() -> None:
    shown = describe_call([1.0], {}, ("x",), Outcome(2.0), Outcome(3.0))
    whole = CheckResult("one", "One", 1.0, 0.0, "failed", "f: it is 5.")
    assert Case(with_case(whole, shown).message, (with_case(whole, shown),)).answer == "it gave: 2.0\nexpected: 3.0"
    another = with_case(whole, replace(shown, message="f: it is 2."))
    assert another.message == "f: it is 2.\ncalled with: x = 1.0\nit gave: 2.0\nexpected: 3.0"
    assert Case(another.message, (another,)).answer == "it gave: 2.0\nexpected: 3.0"


def test_of_two_large_arrays_the_entries_are_shown_that_differ_most() -> None:
    right = np.arange(144.0).reshape(12, 12)
    answer = right.copy()
    answer[4, 9], answer[5, 10], answer[6, 6], answer[7, 7] = -57, np.nan, 78 + 1e-7, 91 + 1e-13
    shown = describe_call([12], {}, ("n",), Outcome(answer), Outcome(right))
    assert shown.came.splitlines() == [
        "",
        "The entries that differ most:",
        "  [4, 9]: it gave -57, expected 57",
        "  [5, 10]: it gave nan, expected 70",
        "  [6, 6]: it gave 78.0000001, expected 78",
    ]
    shifted = describe_call([], {}, (), Outcome(tensor(right + 1)), Outcome(tensor(right))).came
    assert shifted.count("it gave") == 5


@pytest.mark.parametrize("answer", [np.arange(99.0), np.arange(100), None, "text"])
def test_what_is_no_large_array_of_the_same_numbers_is_shown_as_it_is(answer: Any) -> None:
    shown = describe_call([], {}, (), Outcome(answer), Outcome(np.arange(100.0))).came
    assert shown.startswith("\nit gave: ")
    assert "\nexpected: [" in shown


def test_what_fits_a_line_stays_on_it() -> None:
    said = describe_call(
        [2.0, "tanh"], {}, ("z", "kind", "unused"), Outcome(failure=OutOfTime("Not run.")), Outcome(None)
    ).text
    assert said == "\ncalled with: z = 2.0, kind = 'tanh'\nit gave: Not run.\nexpected: None"


@pytest.mark.parametrize(
    ("answer", "right", "gave", "expected"),
    [
        (np.float64(1.0), 1.0, "float64(1.0)", "1.0"),
        ({1: [np.float32(1.0)]}, {1: [1.0]}, "{1: [float32(1.0)]}", "{1: [1.0]}"),
        (
            Fields("Money", {"cents": np.int64(2)}),
            Fields("Money", {"cents": 2}),
            "Money(cents=int64(2))",
            "Money(cents=2)",
        ),
        (np.ones(1, "float32"), np.ones(1), "[1.], dtype=float32", "[1.], dtype=float64"),
        (np.array([1.0000001]), np.ones(1), "[1.0000001], dtype=float64", "[1.], dtype=float64"),
        (np.float64(1.0), np.float64(1.0), "1.0", "1.0"),
        (np.float64(2.0), 1.0, "2.0", "1.0"),
    ],
)
def test_what_differs_is_never_shown_alike(answer: Any, right: Any, gave: str, expected: str) -> None:
    lines = describe_call([], {}, (), Outcome(answer), Outcome(right)).text.splitlines()
    assert lines == ["", f"it gave: {gave}", f"expected: {expected}"]
