"""Figures from answers: what is drawn of an answer, what isn't, and who gets to see it."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from autograder.checks import Axes
from autograder.course import CourseRoot, load_course, load_exercise
from autograder.grading.curves import figure
from autograder.grading.grade import grade
from autograder.grading.submission import from_bytes
from autograder.sandbox.values import tensor
from tests.command import REPOSITORY

AXES = Axes("A profile", x="$t$", y="$g_t$", first=1)
RIGHT = np.array([0.25, 0.5, 1.0])
NORMS = REPOSITORY / "solutions/exercise-09"


def curves(answer: Any, expected: Any = RIGHT) -> list[tuple[str, list[float | None], list[float | None]]]:
    drawn = figure("check", AXES, answer, expected)
    return [] if drawn is None else [(curve.name, curve.yours, curve.reference) for curve in drawn.curves]


def test_a_dict_of_profiles_gives_a_curve_for_each_of_the_references() -> None:
    answer = {"RNN": tensor([1.0, 2.0, 4.0], "float32"), "other": RIGHT}
    assert curves(answer, {"RNN": RIGHT, "GRU": RIGHT}) == [
        ("RNN", [1.0, 2.0, 4.0], [0.25, 0.5, 1.0]),
        ("GRU", [], [0.25, 0.5, 1.0]),
    ]


def test_what_a_logarithm_cannot_take_is_left_out() -> None:
    answer = np.array([np.nan, np.inf, 0.0, -1.0, 1e-300, 0.5])
    assert curves(answer) == [("", [None, None, None, None, None, 0.5], [0.25, 0.5, 1.0])]


@pytest.mark.parametrize(
    "answer", [None, 1.0, "text", np.ones((3, 1)), np.array([1 + 2j]), [0.5, 1.0], np.zeros(3), {}]
)
def test_an_answer_that_is_no_curve_draws_nothing(answer: Any) -> None:
    assert curves(answer) == []


def test_an_endless_answer_is_cut() -> None:
    ((_, yours, _),) = curves(np.ones(1_000_000))
    assert len(yours) == 200


def test_a_figure_gives_away_four_digits() -> None:
    ((_, _, reference),) = curves(RIGHT, RIGHT / 3)
    assert reference == [0.08333, 0.1667, 0.3333]


def test_a_check_that_asks_for_a_figure_gets_one_right_or_wrong() -> None:
    root = CourseRoot.at(REPOSITORY)
    exercise = load_exercise(root, "exercise-09")
    handed_in = (NORMS / exercise.file, NORMS / "misconceptions/norms-reversed.py", exercise.folder / exercise.file)
    given = (from_bytes(exercise.file, file.read_bytes()) for file in handed_in)
    right, wrong, stub = (json.loads(report.to_json()) for report in grade(load_course(root), exercise, given))
    (drawn,) = right["figures"]
    assert (drawn["check"], drawn["first"]) == ("thirty_steps", 1)
    assert drawn["curves"][0]["yours"] == drawn["curves"][0]["reference"]
    assert len(drawn["curves"][0]["yours"]) == 30
    (curve,) = wrong["figures"][0]["curves"]
    assert curve["yours"] == curve["reference"][::-1]
    assert "figures" not in stub
