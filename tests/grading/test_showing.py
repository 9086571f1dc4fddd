"""What a shown check tells of its inputs: by the names that the stub gives them, matrices row below row."""

from __future__ import annotations

import numpy as np

from autograder.course import CourseRoot, load_exercise
from autograder.grading.asking import Outcome
from autograder.grading.showing import describe_call
from autograder.sandbox.failures import OutOfTime
from autograder.sandbox.values import tensor
from tests.command import REPOSITORY


def test_each_input_has_the_name_that_the_stub_gives_it() -> None:
    parameters = load_exercise(CourseRoot.at(REPOSITORY), "exercise-04").parameters
    assert parameters("tanh_jacobian") == ("h_prev", "x", "W_hh", "W_xh", "b")
    assert parameters("something_else") == ()


def test_the_rows_of_a_matrix_stand_below_one_another() -> None:
    lines = describe_call([np.eye(2), 3.0], {"scale": 2}, ("W",), Outcome(tensor(np.eye(2))), Outcome(1.5)).splitlines()
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


def test_what_fits_a_line_stays_on_it() -> None:
    said = describe_call(
        [2.0, "tanh"], {}, ("z", "kind", "unused"), Outcome(failure=OutOfTime("Not run.")), Outcome(None)
    )
    assert said == "\ncalled with: z = 2.0, kind = 'tanh'\nit gave: Not run.\nexpected: None"
