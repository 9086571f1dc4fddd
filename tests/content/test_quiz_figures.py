"""The figures of the quizzes on products, activations, Jacobians and clipping, found again by another way than the one
in the quiz: by running the steps, by a network, by numpy's linear algebra, by torch."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from autograder.course import CourseRoot, Quiz, load_course, load_quiz
from autograder.course.quiz_model import AnyQuestion, Number
from autograder.quiz.variant import variant

ROOT = CourseRoot.at(Path(__file__).resolve().parents[2])
QUIZZES: dict[str, Quiz] = {
    name: load_quiz(load_course(ROOT), name)
    for name in ("products", "activations", "jacobians", "vanishing-or-exploding")
}
SEEDS = range(20)
Values = dict[str, Any]


def question(quiz_id: str, question_id: str) -> AnyQuestion:
    """One question of a quiz."""
    return next(one for one in QUIZZES[quiz_id].questions if one.id == question_id)


def run(factors: list[float]) -> list[float]:
    """What is left of 1 after 0, 1, 2, … steps."""
    left = [1.0]
    for factor in factors:
        left.append(left[-1] * factor)
    return left


def first_step(rho: float, passed: Callable[[float], bool]) -> int:
    """The first step after which `passed` holds, walking from 1."""
    left = 1.0
    for step in count():
        if passed(left):
            return step
        left *= rho
    raise AssertionError


def slope(function: Callable[[Any], Any], z: float) -> float:
    """A slope by central differences."""
    return float((function(z + 1e-5) - function(z - 1e-5)) / 2e-5)


def sigmoid(z: Any) -> Any:
    return 1 / (1 + np.exp(-z))


def peak(function: Callable[[Any], Any]) -> float:
    return float(np.max(np.gradient(function(np.linspace(-5, 5, 10001)), 0.001)))


def jacobian_entry(values: Values) -> float:
    """∂h[0]/∂h_prev[1] of a step that leads to (0.6, 0.8), by moving h_prev[1]."""
    W = np.array([[0.7, values["b"]], [1.2, -0.4]])
    z = np.arctanh([0.6, 0.8])
    move = np.array([0.0, 1e-6])
    return float((np.tanh(z + W @ move) - np.tanh(z - W @ move))[0] / 2e-6)


def three_steps(values: Values) -> float:
    """∂h_3/∂h_0 of a scalar network that passes through the given states, by moving h_0."""
    states = [0.6, 0.5, 0.8, 0.2]
    drives = [np.arctanh(new) - values["w"] * old for old, new in pairwise(states)]

    def end(h: float) -> float:
        for drive in drives:
            h = np.tanh(values["w"] * h + drive)
        return h

    return (end(0.6 + 1e-6) - end(0.6 - 1e-6)) / 2e-6


def clipped_length(values: Values) -> float:
    """What torch's own clipping leaves of the first of two gradients."""
    weights = [torch.nn.Parameter(torch.zeros(4, dtype=torch.float64)) for _ in range(2)]
    for weight, length in zip(weights, (10.0, 24.0), strict=True):
        weight.grad = torch.full((4,), length / 2, dtype=torch.float64)
    torch.nn.utils.clip_grad_norm_(weights, values["limit"])
    assert weights[0].grad is not None
    return float(weights[0].grad.norm())


def share_of_last(values: Values) -> float:
    shares = np.array(run([values["rho"]] * 1000))
    return float(shares[: values["K"]].sum() / shares.sum())


AGAIN: dict[tuple[str, str], Callable[[Values], float]] = {
    ("products", "steps-to-one-percent"): lambda v: first_step(v["rho"], lambda left: left < 0.01),
    ("products", "factor-from-what-is-left"): lambda v: float(np.exp(np.log(v["left"]) / v["T"])),
    ("products", "up-and-down-by-the-same-amount"): lambda v: run([v["up"], v["down"]] * v["n"])[-1],
    ("products", "growth-of-a-few-percent"): lambda v: run([1 + v["g"] / 100] * v["T"])[-1],
    ("products", "share-of-the-last-steps"): share_of_last,
    ("activations", "ceiling-of-sigmoids"): lambda v: run([peak(sigmoid)] * v["T"])[-1],
    ("activations", "slope-from-the-output"): lambda v: slope(np.tanh, float(np.arctanh(v["h"]))),
    ("activations", "way-in-and-way-out"): lambda v: slope(np.tanh, 1) / slope(np.tanh, v["z"]),
    ("activations", "leaky-steps"): lambda v: run([1.0] * (10 - v["k"]) + [v["a"]] * v["k"])[-1],
    ("activations", "weight-that-a-sigmoid-needs"): lambda v: 1 / peak(sigmoid),
    ("jacobians", "one-entry-of-a-jacobian"): jacobian_entry,
    ("jacobians", "derivative-over-three-steps"): three_steps,
    ("jacobians", "corner-of-a-power"): lambda v: float(
        np.linalg.matrix_power(np.array([[v["lam"], 10], [0, v["lam"]]]), int(v["k"]))[0, 1]
    ),
    ("jacobians", "bound-for-sigmoids"): lambda v: run([peak(sigmoid) * v["norm"]] * v["T"])[-1],
    ("jacobians", "radius-of-a-scaled-rotation"): lambda v: float(
        np.abs(np.linalg.eigvals(v["s"] * np.array([[0.8, -0.6], [0.6, 0.8]]))).max()
    ),
    ("vanishing-or-exploding", "steps-to-overflow"): lambda v: first_step(
        v["rho"], lambda left: left > float(np.finfo(np.float32).max)
    ),
    ("vanishing-or-exploding", "clipping-two-tensors"): clipped_length,
    ("vanishing-or-exploding", "edge-between-the-two"): lambda v: float(np.exp(np.log(2) / v["T"])),
}


@pytest.mark.parametrize(("quiz_id", "question_id"), AGAIN)
def test_key_is_found_again_another_way(quiz_id: str, question_id: str) -> None:
    for seed in SEEDS:
        one = variant(question(quiz_id, question_id), seed, quiz_id)
        found = AGAIN[quiz_id, question_id]({name: _whole(value) for name, value in one.values.items()})
        assert one.key == pytest.approx(found, rel=1e-4), one.ask


def _whole(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def test_every_number_of_these_quizzes_is_found_again() -> None:
    numbers = {(name, one.id) for name, quiz in QUIZZES.items() for one in quiz.questions if isinstance(one, Number)}
    assert numbers == set(AGAIN)


def test_largest_part_is_left_along_the_path_that_is_the_key() -> None:
    paths = {"longest": (0.99, 300), "medium": (0.9, 15), "shortest": (0.6, 5), "nearly-one": (0.95, 60)}
    left = {choice: run([rho] * steps)[-1] for choice, (rho, steps) in paths.items()}
    one = variant(question("products", "which-path-keeps-most"), 0, "products")
    assert one.keys == {max(left, key=lambda choice: left[choice])}


def test_dead_units_are_those_that_no_input_switches_on() -> None:
    x = np.linspace(0, 1, 101)
    units = {"falling": -x + 0.5, "half-off": 2 * x - 1, "bias-too-low": x - 1.5, "all-negative": -2 * x - 0.5}
    one = variant(question("activations", "which-units-are-dead"), 0, "activations")
    assert one.keys == {unit for unit, z in units.items() if z.max() <= 0}


@pytest.mark.parametrize("z", [2, 3, 4])
def test_outside_the_middle_the_tanh_is_flatter_than_the_sigmoid(z: int) -> None:
    assert slope(np.tanh, z) < slope(sigmoid, z)
    assert slope(np.tanh, -z) == pytest.approx(slope(np.tanh, z))


def held_run(W: NDArray[np.float64], held_at: NDArray[np.float64], steps: int) -> float:
    """The norm of the product of Jacobians of a tanh network whose inputs hold its pre-activations at `held_at`."""
    product = np.eye(len(W))
    for _ in range(steps):
        product = np.diag(1 - np.tanh(held_at) ** 2) @ W @ product
    return float(np.linalg.norm(product, 2))


def test_a_radius_of_zero_guarantees_nothing_where_slopes_differ() -> None:
    W = np.array([[2.0, -2.0], [2.0, -2.0]])
    assert not (W @ W).any()
    assert held_run(W, np.array([0.0, 20.0]), 20) > 2**20


def test_a_determinant_or_entries_below_one_guarantee_nothing() -> None:
    assert held_run(np.diag([3.0, 0.1]), np.zeros(2), 10) == pytest.approx(3**10)
    assert held_run(np.full((2, 2), 0.9), np.zeros(2), 10) == pytest.approx(1.8**10)


def test_a_bound_above_one_leaves_everything_open() -> None:
    rotation = 1.2 * np.array([[0.8, -0.6], [0.6, 0.8]])
    assert held_run(rotation, np.zeros(2), 30) == pytest.approx(1.2**30)
    assert held_run(rotation, np.arctanh([0.8, 0.8]), 30) == pytest.approx((0.36 * 1.2) ** 30)


@pytest.mark.parametrize("h", [0.8, 0.9])
def test_a_unit_with_a_weight_above_one_settles_and_its_gradient_vanishes(h: float) -> None:
    w = np.arctanh(h) / h
    state = 0.1
    for _ in range(500):
        state = np.tanh(w * state)
    assert state == pytest.approx(h)
    assert w > 1
    assert (w * (1 - state**2)) ** 30 < 1e-8


@pytest.mark.parametrize("lam", [0.6, 0.8])
@pytest.mark.parametrize("a", [5, 10, 20])
def test_a_radius_below_one_lets_powers_grow_before_they_die(lam: float, a: int) -> None:
    W = np.array([[lam, a], [0, lam]])
    norms = [np.linalg.norm(np.linalg.matrix_power(W, k), 2) for k in (1, 2, 200)]
    assert norms[0] >= a
    assert norms[1] > norms[0]
    assert norms[2] < 1e-10


def test_one_nan_and_a_global_norm_lose_every_weight() -> None:
    weights = [torch.nn.Parameter(torch.ones(3)) for _ in range(2)]
    for weight in weights:
        weight.grad = torch.ones(3)
    weights[0].grad[1] = torch.nan  # type: ignore[index]
    torch.nn.utils.clip_grad_norm_(weights, 1.0)
    torch.optim.SGD(weights, lr=0.1).step()
    assert all(weight.isnan().all() for weight in weights)
