"""What an explanation says that "your" program answers is what the known-wrong program answers, variants included."""

from __future__ import annotations

import ast
import contextlib
import importlib.util
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from tests.command import REPOSITORY

Question = Callable[[Any], Any]
Case = tuple[str, str, str, Question, Any]


def a(*values: Any) -> Any:
    return np.array(values, dtype=float)


def t(*values: Any) -> torch.Tensor:
    return torch.tensor(values, dtype=torch.float64)


def after(change: Callable[[Any], Any], argument: Any) -> Any:
    """What is left of an argument after a call."""
    change(argument)
    return argument


def twice(ask: Callable[[], Any]) -> Any:
    """The answer to the second of two equal questions."""
    ask()
    return ask()


def refused(ask: Callable[[], Any], error: type[Exception] = ValueError) -> bool:
    with contextlib.suppress(error):
        ask()
        return False
    return True


def overflows(ask: Callable[[], Any]) -> bool:
    with np.errstate(over="raise"):
        return refused(ask, FloatingPointError)


STATEMENT = a([0, 4], [0.16, 0])
ROTATION = a([0.6, -0.8], [0.8, 0.6])
STEP = (a(0.5, -0.5), a(2), a([1, -0.5], [0.4, 0.8]), a([-0.2], [-0.45]), a(0.15, 0.1))
TWO = np.stack([a([0.5, 1], [0, 0.5]), a([0.5, 0], [0.4, 0.5])])
BOUNDED = a([0, 2], [0.5, 0])
RUN = a([0.5], [0.8482836399575129], [0.400413945774151])


def near(value: float) -> Any:
    """A matrix of this radius."""
    return a([value, 0], [0, 0.1])


def backward(key: str, direct: Any = ((0.0,), (1.0,))) -> Question:
    """One entry of the gradient for the states 1, 0.6, 0.8 and the weight 0.5."""
    x, h, W_hh, W_xh = np.zeros((2, 1)), a([1], [0.6], [0.8]), a([0.5]), a([1])
    return lambda m: m.rnn_backward(x, h, W_hh.reshape(1, 1), W_xh.reshape(1, 1), a(*direct))[key].ravel()[0]


def worked_norms(m: Any) -> Any:
    """The profile of the worked example of exercise-09."""
    return m.gradient_norms(t([0.8]), t([1.0]), t(0.0), t([1.0], [0.0], [0.0]), t(0.0))


def clipped(limit: float, *grads: Any) -> Question:
    return lambda m: m.clip_by_global_norm([t(*grad) for grad in grads], limit)


def gated(m: Any, cell: str, values: dict[str, tuple[float, float, float]], state: Any) -> Any:
    """A step of a cell with one unit and the parameters of the worked example."""
    one = getattr(m, cell)(1, 1).double()
    with torch.no_grad():
        for gate, parts in values.items():
            for letter, value in zip("WUb", parts, strict=True):
                getattr(one, f"{letter}_{gate}").fill_(value)
    return one(t(1.0), state)


def gru(m: Any) -> Any:
    values = {"z": (0.5, -1.0, -1.0), "r": (1.0, 2.0, -2.0), "h": (-2.0, 4.0, 0.5)}
    return gated(m, "GRUCell", values, t(0.5)).item()


def resting_gru(m: Any) -> Any:
    """A step whose old state and candidate are both 0.5, with an update gate of 0.1."""
    values = {"z": (-np.log(9), 0.0, 0.0), "r": (0.0, 0.0, 0.0), "h": (np.arctanh(0.5), 0.0, 0.0)}
    return gated(m, "GRUCell", values, t(0.5)).item()


def lstm(part: int) -> Question:
    """h' (0) or c' (1) of the worked example."""
    values = {"f": (0.5, -1.0, 1.0), "i": (1.0, 2.0, -2.0), "g": (-1.5, 1.0, 0.5), "o": (1.0, -2.0, 2.0)}
    return lambda m: gated(m, "LSTMCell", values, (t(0.5), t(2.0)))[part].item()


def public_profile(m: Any) -> Any:
    one = {"weight_ih": t([1.0]), "weight_hh": t([0.9]), "bias_ih": t(0.0), "bias_hh": t(0.0)}
    return m.gradient_profile("rnn", one, torch.zeros(3, 1, dtype=torch.float64))


def resting_lstm(steps: int) -> Question:
    """A profile with all weights and biases 0, so that every gate is one half."""
    zeros = {"weight_ih": torch.zeros(4, 1), "weight_hh": torch.zeros(4, 1), "bias_ih": torch.zeros(4)}
    zeros["bias_hh"] = torch.zeros(4)
    return lambda m: m.gradient_profile("lstm", zeros, torch.zeros(steps, 1))


def biased_lstm(m: Any, i: float = 0, f: float = 0, g: float = 0, o: float = 0) -> Any:
    """The profile of one step with these biases, and all weights 0."""
    zeros = {"weight_ih": torch.zeros(4, 1), "weight_hh": torch.zeros(4, 1), "bias_ih": torch.zeros(4)}
    return m.gradient_profile("lstm", {**zeros, "bias_hh": torch.tensor([i, f, g, o]).float()}, torch.zeros(1, 1))


def attention(m: Any) -> Any:
    return m.attention_gradient_norms(t([0.0], [1.0]), t([1.0]), t([1.0]), t([1.0]))


def one_of_each(m: Any, near: int = 1) -> Any:
    weights = {"W_hh": t([0.5]), "W_xh": t([1.0]), "w_out": t(2.0)}
    return m.near_and_far(weights, t([[1.0], [0.0]]), t(0.0), near)


def of_equal_sequences(count: int) -> Question:
    """The near part of a batch that holds the worked example so many times."""
    weights, x, y = {"W_hh": t([0.5]), "W_xh": t([1.0]), "w_out": t(2.0)}, t([[1.0], [0.0]]), t(0.0)
    return lambda m: m.near_and_far(weights, x.repeat(count, 1, 1), y.repeat(count), 1)[0]


def trace(key: str, w: float, u: float, x: Any, h0: float = 0.0) -> Question:
    return lambda m: m.trace_gradient(w, u, a(*x), h0)[key]


def norms(W: Any, b: Any, steps: int, W_xh: Any = None) -> Question:
    """A profile over inputs of 0, from a start at 0."""
    d, inputs = len(W), torch.zeros(steps, 1, dtype=torch.float64)
    into = torch.zeros(d, 1, dtype=torch.float64) if W_xh is None else t(*W_xh)
    return lambda m: m.gradient_norms(t(*W), into, t(*b), inputs, torch.zeros(d, dtype=torch.float64))


def one_way() -> dict[str, Any]:
    """A run of one step in which new unit 0 listens to old unit 1, which is on, and to nothing else."""
    return {"x": np.zeros((1, 1)), "h": a([0, 1], [0, 0]), "W_hh": a([0, 1], [0, 0]), "W_xh": np.zeros((2, 1))}


def taught(loss: int, window: int, steps: int) -> Question:
    """The gradient of W_xh for the inputs 1, 10, 100, …: its digits show which steps a loss on h_loss reaches."""
    x, h, W_hh = 10.0 ** np.arange(steps)[:, None], np.full((steps + 1, 1), 0.5), a([1])
    direct = np.zeros((steps, 1))
    direct[loss - 1] = 1 / 0.75
    return lambda m: m.truncated_gradient(x, h, W_hh, direct, window)["W_xh"].ravel()[0]


def trained(key: str) -> Question:
    weights = {"W_hh": t([0.5]), "W_xh": t([1.0]), "w_out": t(2.0)}
    return lambda m: m.train(weights, t([[1.0], [0.0]]), t(0.0), 0.1, 1)[0][key].item()


SHARES = a([[0.712275]], [[0.058863]])
CASES: list[Case] = [
    (
        "02",
        "argument-changed",
        "[-3, -2, 0]",
        lambda m: after(lambda h: m.decay_table(a(0.5), h), a(0, 1, 3)),
        [-3, -2, 0],
    ),
    ("02", "axis-dropped", "Yours is `(3,)`", lambda m: m.decay_table(a(0.5), a(0, 1, 3)).shape, (3,)),
    ("02", "base-and-exponent-swapped", "4^{0.5} = 2", lambda m: m.decay_table(a(0.5), a(4)), [[2]]),
    ("02", "counted-from-one", "Yours says 1", lambda m: m.horizon(0.5, 3), 1),
    (
        "02",
        "endpoints-included--plain-logarithms",
        "An end of the interval gets through here, or both",
        lambda m: refused(lambda: m.horizon(0.0)) and refused(lambda: m.horizon(1.0), ZeroDivisionError),
        True,
    ),
    ("02", "example-hard-coded", "you still say 7", lambda m: m.horizon(0.5, 0.3), 7),
    ("02", "exponential-of-rate", "e^{-0.5} = 0.607", lambda m: m.decay_table(a(0.5), a(1, 4)), [[0.607, 0.135]]),
    (
        "02",
        "growth-not-refused--step-by-step",
        "or ends in an overflow",
        lambda m: refused(lambda: m.horizon(1.3), OverflowError),
        True,
    ),
    ("02", "growth-clipped", "your table says 1", lambda m: m.decay_table(a(1.5), a(3)), [[1]]),
    ("02", "linear-decay", "1 - 2 \\cdot 0.5 = 0", lambda m: m.decay_table(a(0.5), a(2)), [[0]]),
    (
        "02",
        "linear-decay--in-the-table",
        "1 - 2 \\cdot 0.5 = 0",
        lambda m: m.decay_table(a(0.5), a(2)),
        [[0]],
    ),
    (
        "02",
        "exponential-of-rate--in-the-table",
        "e^{-0.5} = 0.607",
        lambda m: m.decay_table(a(0.5), a(1, 4)),
        [[0.607, 0.135]],
    ),
    ("02", "ratio-upside-down", "so you say 1", lambda m: m.horizon(0.5), 1),
    ("02", "ratio-upside-down--rounded-up", "so you say 1", lambda m: m.horizon(0.5), 1),
    ("02", "ratio-upside-down--with-its-own-case", "so you say 1", lambda m: m.horizon(0.5), 1),
    ("02", "logarithm-bases-mixed", "so you say 5", lambda m: m.horizon(0.5), 5),
    ("02", "nearest-step-for-first", "you say 11", lambda m: (m.horizon(0.9, 0.5), m.horizon(0.9, 0.3)), (7, 11)),
    ("02", "negative-horizon", "is $-1$", lambda m: m.horizon(0.5, 3), -1),
    ("02", "negative-rate-accepted", "Your horizon is 1", lambda m: m.horizon(-0.5), 1),
    ("02", "order-changed", "yours holds the power 0", lambda m: m.decay_table(a(0.5), a(3, 0))[:, 0], [1]),
    ("02", "percent-for-fraction", "and says 10", lambda m: m.horizon(0.5, 0.1), 10),
    ("02", "positions-for-values", "yours holds $\\rho^2$", lambda m: m.decay_table(a(0.5), a(0, 1, 3))[0, 2], 0.25),
    ("02", "power-off-by-one", "it is $0.5$", lambda m: m.decay_table(a(0.5), a(0)), [[0.5]]),
    ("02", "power-off-by-one--one-too-few", "0.5^{-1} = 2", lambda m: m.decay_table(a(0.5), a(0)), [[2]]),
    ("02", "product-for-power", "0.5 \\cdot 3 = 1.5", lambda m: m.decay_table(a(0.5), a(3, 0)), [[1.5, 0]]),
    ("02", "rows-and-columns-swapped", "0.9^1 = 0.9", lambda m: m.decay_table(a(0.5, 0.9), a(1, 2))[0, 1], 0.9),
    ("02", "search-too-short", "you say 0", lambda m: m.horizon(0.9999), 0),
    (
        "02",
        "single-precision",
        "2.2 \\cdot 10^{-6}",
        lambda m: 1e6 * (float(m.decay_table(a(1.1), a(100))[0, 0]) / 1.1**100 - 1),
        2.2,
    ),
    ("02", "state-between-calls", "yours is 7 again", lambda m: (m.horizon(0.9, 0.5), m.horizon(0.9, 0.001)), (7, 7)),
    ("02", "steps-not-whole", "you say $6.58$", lambda m: m.horizon(0.9, 0.5), 6.58),
    ("02", "taken-for-sorted", "$0.125$ twice", lambda m: m.decay_table(a(0.5), a(3, 0)), [[0.125, 0.125]]),
    ("02", "threshold-ignored", "You say 66", lambda m: m.horizon(0.9, 0.5), 66),
    ("02", "threshold-not-crossed", "rounded down", lambda m: m.horizon(0.9, 0.5), 6),
    ("02", "time-constant-for-horizon", "you say 4 steps", lambda m: m.horizon(0.75), 4),
    ("03", "argument-changed", "`[1, 0]`", lambda m: after(lambda z: m.derivative("relu", z), a(3, -2)), [1, 0]),
    ("03", "bracket-squared", "(1 - (-1))^2 = 4", lambda m: m.derivative("tanh", a(-1000)), [4]),
    (
        "03",
        "cached-too-coarsely",
        "says 1 again",
        lambda m: [m.derivative("tanh", a(z)) for z in (0, 1000)],
        [[1], [1]],
    ),
    ("03", "clipped-inside", "$0.0066$", lambda m: m.derivative("sigmoid", a(1000)), [0.0066]),
    ("03", "coarse-difference", "0.76\\,\\%", lambda m: 1 - m.derivative("tanh", a(1)) / 0.419974, [0.0076]),
    ("03", "empty-product-is-zero", "over no steps is $0$", lambda m: m.gradient_ceiling("sigmoid", 0), 0),
    ("03", "leaky-slope-for-relu", "the slope $0.01$", lambda m: m.derivative("relu", a(-2)), [0.01]),
    ("03", "one-ceiling-for-all", "0.25^5 = 0.00098", lambda m: m.gradient_ceiling("relu", 5), 0.00098),
    ("03", "one-factor-for-two", "$1$ on the left", lambda m: m.derivative("sigmoid", a(0, -1000)), [0.5, 1]),
    ("03", "output-for-preactivation--sigmoid-only", "= -2$", lambda m: m.derivative("sigmoid", a(2)), [-2]),
    ("03", "output-for-preactivation--tanh-only", "= -3$", lambda m: m.derivative("tanh", a(2)), [-3]),
    (
        "03",
        "overflow-tolerated",
        "Most often an exponential has overflowed",
        lambda m: overflows(lambda: m.derivative("sigmoid", a(-1000))),
        True,
    ),
    ("03", "part-of-name-matched", "the slope 0 below zero", lambda m: m.derivative("leaky_relu", a(-2)), [0]),
    ("03", "power-off-by-one", "$4$ and", lambda m: [m.gradient_ceiling("sigmoid", k) for k in (0, 1)], [4, 1]),
    (
        "03",
        "power-off-by-one--one-too-many",
        "and $0.25$",
        lambda m: [m.gradient_ceiling("sigmoid", k) for k in (0, 1)],
        [0.25, 0.0625],
    ),
    ("03", "product-for-power", "= 0.75", lambda m: [m.gradient_ceiling("sigmoid", k) for k in (3, 8)], [0.75, 2]),
    ("03", "relu-saturates", "Yours says 0", lambda m: m.derivative("relu", a(1000)), [0]),
    ("03", "rounded-too-early", "it is 0", lambda m: m.derivative("sigmoid", a(10)), [0]),
    ("03", "scalar-for-array", "plain number $1$", lambda m: m.derivative("identity", a(2, 3)), 1.0),
    ("03", "shape-flattened", "shape `(6,)`", lambda m: m.derivative("tanh", np.ones((2, 3))).shape, (6,)),
    (
        "03",
        "shape-flattened",
        "a `(2, 2)` table",
        lambda m: (m.derivative("tanh", np.ones((2, 1))) * np.ones((2, 1))).shape,
        (2, 2),
    ),
    ("03", "sigmoid-peak-one", "is $1$", lambda m: m.peak_derivative("sigmoid"), 1),
    ("03", "sigmoid-value-for-slope", "= 0.5", lambda m: m.peak_derivative("sigmoid"), 0.5),
    ("03", "sign-for-step", "says $-1$", lambda m: m.derivative("relu", a(-2)), [-1]),
    ("03", "single-precision", "is $0$: a small slope", lambda m: m.derivative("tanh", a(10)), [0]),
    ("03", "slope-not-squared", "$1.762$", lambda m: m.derivative("tanh", a(1, -1)), [0.238, 1.762]),
    ("03", "square-inside", "finds $0.76$", lambda m: m.derivative("tanh", a(0, 0.5)), [1, 0.755]),
    ("03", "tanh-rule-for-sigmoid", "1 - 0.5^2 = 0.75", lambda m: m.derivative("sigmoid", a(0, -1000)), [0.75, 1]),
    ("03", "unknown-name-accepted", "a slope of $1$", lambda m: m.derivative("leaky_relu", a(-2)), [1]),
    (
        "03",
        "unknown-name-accepted",
        "gets wrong gradients",
        lambda m: m.derivative("sigmiod", a(0)) - m.derivative("sigmoid", a(0)),
        [0.75],
    ),
    (
        "03",
        "unknown-name-accepted--as-a-number",
        "answered here with 1",
        lambda m: m.derivative("sigmiod", a(-2, 2)),
        1,
    ),
    (
        "03",
        "unknown-name-accepted--as-a-number",
        "the slope of the identity",
        lambda m: m.derivative("identity", a(2)),
        [1],
    ),
    ("04", "bracket-squared", "1.762^2 = 3.10", lambda m: m.tanh_jacobian(*STEP)[1, 1] / 0.8, 3.10),
    ("04", "elementwise-for-matrix-product", "0 elsewhere", lambda m: m.tanh_jacobian(*STEP), [[0.786, 0], [0, 0.336]]),
    ("04", "input-term-forgotten", "the slope $0.990$", lambda m: m.tanh_jacobian(*STEP)[1, 1] / 0.8, 0.990),
    ("04", "jacobian-by-input", "$(2, 1)$", lambda m: m.tanh_jacobian(*STEP).shape, (2, 1)),
    ("04", "jacobian-transposed", "yours has it in row 1", lambda m: m.tanh_jacobian(*STEP)[1, 0], -0.393),
    ("04", "slope-at-previous-state", "1 - 0.5^2 = 0.75", lambda m: m.tanh_jacobian(*STEP)[0, 0], 0.75),
    ("04", "slope-at-previous-state--tanh", "the slope $0.786$", lambda m: m.tanh_jacobian(*STEP)[1, 1] / 0.8, 0.786),
    ("04", "slope-not-squared", "= 1.762", lambda m: m.tanh_jacobian(*STEP)[1, 1] / 0.8, 1.762),
    ("04", "slope-of-pre-activation", "1 - 1 = 0", lambda m: m.tanh_jacobian(*STEP)[1, 1], 0),
    ("04", "slope-of-sigmoid", "= -1.34", lambda m: m.tanh_jacobian(*STEP)[1, 1] / 0.8, -1.34),
    (
        "04",
        "slope-on-wrong-side",
        "so would a diagonal",
        lambda m: m.tanh_jacobian(*STEP[:2], np.diag(a(1, 0.8)), *STEP[3:]),
        np.diag([1 - np.tanh(0.25) ** 2, 0.8 * (1 - np.tanh(-1.2) ** 2)]),
    ),
    ("04", "slope-on-wrong-side", "= -0.210", lambda m: m.tanh_jacobian(*STEP)[0, 1], -0.210),
    ("04", "tanh-applied-twice", "gives you $0.588$", lambda m: m.tanh_jacobian(*STEP)[1, 1] / 0.8, 0.588),
    ("04", "vector-for-jacobian", "= 0.954", lambda m: m.tanh_jacobian(*STEP)[0], 0.954),
    (
        "05",
        "argument-changed",
        "holds that product",
        lambda m: after(m.jacobian_product, TWO.copy())[0],
        TWO[1] @ TWO[0],
    ),
    ("05", "elementwise-for-matrix-product", "1 \\cdot 0 = 0", lambda m: m.jacobian_product(TWO)[0, 1], 0),
    ("05", "elementwise-for-matrix-product--from-the-identity", "= 0$", lambda m: m.jacobian_product(TWO)[0, 1], 0),
    ("05", "empty-product-is-zero", "all zeros", lambda m: m.jacobian_product(np.zeros((0, 1, 1))), [[0]]),
    ("05", "frobenius-for-spectral", "your bound is $32$", lambda m: m.norm_bound(np.eye(2), 10), 32),
    ("05", "jacobian-transposed", "in the lower left", lambda m: m.jacobian_product(TWO[:1]), TWO[0].T),
    (
        "05",
        "jacobian-transposed",
        "the transpose of the matrix",
        lambda m: m.jacobian_product(TWO),
        (TWO[1] @ TWO[0]).T,
    ),
    (
        "05",
        "jacobian-transposed--each-factor",
        "over two steps $J_2^\\top J_1^\\top$",
        lambda m: m.jacobian_product(TWO),
        TWO[1].T @ TWO[0].T,
    ),
    ("05", "largest-entry-for-norm", "half of it is lost", lambda m: m.norm_bound(np.full((2, 2), 0.5), 1), 0.5),
    ("05", "last-factor-repeated", "0.1^2 = 0.01", lambda m: m.jacobian_product(a([[0.5]], [[0.1]])), [[0.01]]),
    (
        "05",
        "last-factor-repeated--the-first-one",
        "0.5^2 = 0.25",
        lambda m: m.jacobian_product(a([[0.5]], [[0.1]])),
        [[0.25]],
    ),
    ("05", "norm-of-power", "you say $0.25$", lambda m: m.norm_bound(a([0.5, 2], [0, -0.5]), 2), 0.25),
    ("05", "power-off-by-one", "you return the identity", lambda m: m.jacobian_product(TWO[:1]), np.eye(2)),
    (
        "05",
        "power-off-by-one--the-first-one",
        "you return the identity",
        lambda m: m.jacobian_product(TWO[:1]),
        np.eye(2),
    ),
    ("05", "product-for-power", "= 1.5", lambda m: [m.norm_bound(a([0.5]).reshape(1, 1), k) for k in (3, 0)], [1.5, 0]),
    ("05", "product-reversed", "Yours has $(0.65, 0.2)$", lambda m: m.jacobian_product(TWO)[:, 0], [0.65, 0.2]),
    ("05", "eigenvalue-for-norm", "so you say $(0.25", lambda m: m.norm_bound(BOUNDED, 3, 0.25), 0.015625),
    ("05", "radius-for-norm", "Your bound, $1$", lambda m: m.norm_bound(BOUNDED, 1), 1),
    ("05", "row-sum-for-spectral", "sums to $1.4$", lambda m: m.norm_bound(ROTATION, 1), 1.4),
    ("05", "row-sum-for-spectral--column-sum", "sums to $1.4$", lambda m: m.norm_bound(ROTATION, 1), 1.4),
    (
        "05",
        "running-products-returned",
        "`(3, 2, 2)`",
        lambda m: m.jacobian_product(np.ones((3, 2, 2))).shape,
        (3, 2, 2),
    ),
    ("05", "singular-value-squared", "you say $0.81$", lambda m: m.norm_bound(a([0.9]).reshape(1, 1), 1), 0.81),
    ("05", "slope-ignored", "You say $2^3 = 8$", lambda m: m.norm_bound(BOUNDED, 3, 0.25), 8),
    ("05", "slope-outside-the-power", "2^3 = 2", lambda m: m.norm_bound(BOUNDED, 3, 0.25), 2),
    ("05", "smallest-singular-value", "powers of $0.5$", lambda m: m.norm_bound(BOUNDED, 1), 0.5),
    ("05", "sum-for-product--of-none", "at all you say $0$", lambda m: m.jacobian_product(np.zeros((0, 1, 1))), [[0]]),
    (
        "05",
        "running-products-returned--empty-list",
        "your list is empty",
        lambda m: m.jacobian_product(np.zeros((0, 1, 1))),
        [],
    ),
    (
        "05",
        "product-reversed--from-the-first",
        "there your program stops",
        lambda m: refused(lambda: m.jacobian_product(np.zeros((0, 1, 1))), IndexError),
        True,
    ),
    (
        "05",
        "last-factor-repeated--no-factor",
        "there your program stops",
        lambda m: refused(lambda: m.jacobian_product(np.zeros((0, 1, 1))), IndexError),
        True,
    ),
    ("05", "state-between-calls", "returns $0.25$", lambda m: twice(lambda: m.jacobian_product(a([[0.5]]))), [[0.25]]),
    ("05", "sum-for-product", "You say $1$", lambda m: m.jacobian_product(a([[0.5]], [[0.5]])), [[1]]),
    ("06", "alias-not-copy", "1, 2, 4, 16", lambda m: m.power_norms(a([2]).reshape(1, 1), 3), [1, 2, 4, 16]),
    (
        "06",
        "cached-too-coarsely",
        "says $0.5$",
        lambda m: [m.spectral_radius(a([r]).reshape(1, 1)) for r in (0.5, 2)],
        [0.5, 0.5],
    ),
    ("06", "determinant-for-radius", "= 0.447", lambda m: m.spectral_radius(a([2, 0], [0, 0.1])), 0.447),
    (
        "06",
        "determinant-for-radius--plain",
        "determinant is $0.2$",
        lambda m: m.spectral_radius(a([2, 0], [0, 0.1])),
        0.2,
    ),
    ("06", "eigenvalue-for-radius", "goes by $-2$", lambda m: m.spectral_radius(a([-2, 0], [0, 0.5])), -2),
    ("06", "eigenvalue-for-radius", 'says "vanishing"', lambda m: m.regime(a([-2, 0], [0, 0.5])), "vanishing"),
    ("06", "eigenvalue-for-radius", "(of a complex one", lambda m: m.spectral_radius(0.9 * ROTATION), 0.9 * 0.6),
    (
        "06",
        "diagonalization-for-all",
        "is then 0, or whatever rounding leaves there",
        lambda m: m.power_norms(a([0.9, 1], [0, 0.9]), 2),
        [1, 0.9, 0.81],
    ),
    ("06", "elementwise-for-matrix-product", "norm $16$", lambda m: m.power_norms(STATEMENT, 2), [2, 4, 16]),
    ("06", "first-eigenvalue-for-largest", "The first is", lambda m: m.spectral_radius(a([0.2, 0], [0, 0.9])), 0.2),
    ("06", "first-eigenvalue-for-largest--last", "the last", lambda m: m.spectral_radius(a([0.9, 0], [0, 0.2])), 0.2),
    ("06", "frobenius-for-spectral", "\\sqrt{2} = 1.414", lambda m: m.power_norms(STATEMENT, 0), [1.414]),
    (
        "06",
        "frobenius-for-spectral--first-by-hand",
        "you want. Entry 0 is right",
        lambda m: m.power_norms(np.full((2, 2), 0.5), 2),
        [1, 1, 1],
    ),
    ("06", "isclose-is-plain-distance", "passes as marginal", lambda m: m.regime(near(1.000004)), "marginal"),
    ("06", "isclose-is-plain-distance--relative", "it allows", lambda m: m.regime(near(1.6), 0.5), "marginal"),
    ("06", "largest-eigenvalue-signed", "is $0.5$", lambda m: m.spectral_radius(a([-1.2, 0], [0, 0.5])), 0.5),
    (
        "06",
        "largest-eigenvalue-signed--magnitude-too-late",
        "is $0.5$",
        lambda m: m.spectral_radius(a([-1.2, 0], [0, 0.5])),
        0.5,
    ),
    ("06", "magnitude-squared", "comes out as $0.25$", lambda m: m.spectral_radius(a([0.5, 0], [0, 0.1])), 0.25),
    ("06", "magnitude-squared", "let only the magnitude", lambda m: m.regime(near(1 + 8e-7)), "exploding"),
    ("06", "magnitude-squared", "let only the magnitude", lambda m: m.regime(near(0.96), 0.05), "vanishing"),
    ("06", "marginal-only-if-exact", "calls it exploding", lambda m: m.regime(near(1.0000004)), "exploding"),
    ("06", "marginal-only-if-exact", "exactly or to far more digits", lambda m: m.regime(near(1)), "marginal"),
    ("06", "norm-for-radius", "= 4$", lambda m: m.spectral_radius(STATEMENT), 4),
    ("06", "power-of-norm", "= 16$", lambda m: m.power_norms(STATEMENT, 2)[2], 16),
    ("06", "power-of-norm", "and for normal", lambda m: m.power_norms(ROTATION, 3), [1, 1, 1, 1]),
    (
        "06",
        "power-iteration-for-all",
        "one and the same real number",
        lambda m: m.spectral_radius(np.diag(a(0.9, 0.9, 0.2))),
        0.9,
    ),
    ("06", "power-iteration-for-all", "is $2.08$", lambda m: m.spectral_radius(STATEMENT), 2.08),
    (
        "06",
        "power-iteration-for-all--last-stretch",
        "is multiplied by $2.83$",
        lambda m: m.spectral_radius(STATEMENT),
        2.83,
    ),
    ("06", "power-iteration-for-all", "From most starts", lambda m: m.spectral_radius(a([0, 0.9], [0.9, 0])), 0.9),
    ("06", "power-off-by-one", "2, 4 and 8", lambda m: m.power_norms(a([2]).reshape(1, 1), 2), [2, 4, 8]),
    ("06", "radius-for-norm-of-power", "your entry is $0.8$", lambda m: m.power_norms(STATEMENT, 1)[1], 0.8),
    ("06", "real-part-for-magnitude", "real part is $0$", lambda m: m.spectral_radius(a([0, -0.9], [0.9, 0])), 0),
    ("06", "regimes-exchanged", "calls it exploding", lambda m: m.regime(0.5 * np.eye(2)), "exploding"),
    ("06", "return-inside-loop", "one entry", lambda m: m.power_norms(STATEMENT, 3), [1]),
    ("06", "root-of-one-power", "is $0.975$", lambda m: m.spectral_radius(a([0.9, 1], [0, 0.9])), 0.975),
    ("06", "rounded-too-early", "calls it marginal", lambda m: m.regime(near(1.00004)), "marginal"),
    ("06", "rounded-too-early--in-regime", "calls it marginal", lambda m: m.regime(near(1.00004)), "marginal"),
    ("06", "row-sum-for-spectral", "= 1.4", lambda m: m.power_norms(ROTATION.T, 1)[1], 1.4),
    ("06", "singular-value-squared", "is $9$", lambda m: m.power_norms(a([3, 0], [0, 1]), 1), [1, 9]),
    (
        "06",
        "eigenvalue-for-radius--complex",
        "eigenvalue is $-2$",
        lambda m: m.spectral_radius(a([-2, 0], [0, 0.5])),
        -2,
    ),
    (
        "06",
        "eigenvalue-for-radius--complex",
        "eigenvalues $\\pm 0.9i$",
        lambda m: m.spectral_radius(a([0, -0.9], [0.9, 0])) ** 2,
        -0.81,
    ),
    ("06", "smallest-for-largest", "Yours says $0.1$", lambda m: m.spectral_radius(a([2, 0], [0, 0.1])), 0.1),
    ("06", "symmetric-solver", "finds $2.45$", lambda m: m.spectral_radius(a([0.5, 0], [2, 0.4])), 2.45),
    ("06", "tolerance-ignored", '`"exploding"`', lambda m: m.regime(near(1.05), tol=0.1), "exploding"),
    ("06", "tolerance-only-above-one", "calls it vanishing", lambda m: m.regime(near(0.9999996)), "vanishing"),
    ("06", "trace-for-radius", "$1.1$", lambda m: m.spectral_radius(a([0.6, 0], [0, 0.5])), 1.1),
    ("06", "trace-for-radius", "has trace $0$", lambda m: m.spectral_radius(a([0.9, 0], [0, -0.9])), 0),
    ("07", "argument-changed", "array holds $2$", lambda m: after(lambda x: m.trace_gradient(1.0, 2.0, x), a(1)), [2]),
    ("07", "cumulative-starts-at-one", "Yours says $1$", trace("cumulative", 0.5, 1.0, [0]), [1]),
    ("07", "initial-state-included", "Yours has two", lambda m: len(m.trace_gradient(0.5, 1.0, a(1))["h"]), 2),
    ("07", "input-one-step-late", "yours is 0", trace("h", 0.0, 1.0, [1]), [0]),
    ("07", "coarse-difference", "finds $0.783$", trace("local", 1.0, 0.0, [0], 0.5), [0.783]),
    ("07", "jacobian-by-input", "factor of $2$", trace("local", 0.5, 2.0, [0]), [2]),
    ("07", "pre-activation-carried", "can grow without bound", trace("h", 2.0, 1.0, [0, 0]), [0, 0]),
    ("07", "recurrent-weight-forgotten", "yours is $1$", trace("local", 0.5, 1.0, [0]), [1]),
    ("07", "sigmoid-for-tanh", "all one half", trace("h", 0.0, 0.0, [0, 0]), [0.5, 0.5]),
    ("07", "sign-dropped", "$0.5$ and $0.25$", trace("cumulative", -0.5, 1.0, [0, 0]), [0.5, 0.25]),
    ("07", "sign-dropped", "Your products are magnitudes", trace("local", -0.5, 1.0, [0, 0]), [-0.5, -0.5]),
    ("07", "slope-at-previous-state", "a full $1$", trace("local", 1.0, 1.0, [2]), [1]),
    ("07", "slope-forgotten", "is $w$ alone", trace("local", 1.0, 1.0, [2]), [1]),
    (
        "07",
        "state-between-calls",
        "comes to $\\tanh(0.762 + 1) = 0.943$",
        lambda m: twice(lambda: trace("h", 1.0, 1.0, [1])(m)),
        [0.943],
    ),
    (
        "07",
        "initial-state-included--in-all-three",
        "Yours have two",
        lambda m: [len(each) for each in m.trace_gradient(0.5, 1.0, a(1)).values()],
        [2, 2, 2],
    ),
    (
        "07",
        "initial-state-included--in-all-three",
        "w\\,(1 - h_0^2)$",
        trace("local", 0.5, 1.0, [0], 0.6),
        [0.32, 0.4576],
    ),
    ("07", "start-state-ignored", "yours is $0$", trace("h", 1.0, 0.0, [0], 0.5), [0]),
    ("07", "state-before-step", "yours is $0.5$", trace("h", 1.0, 0.0, [0], 0.5), [0.5]),
    ("07", "weight-on-input", "\\tanh(0.5) = 0.462", trace("h", 0.5, 1.0, [1]), [0.462]),
    ("07", "weights-exchanged", "with the weight 1", trace("h", 0.0, 1.0, [0, 0], 0.5), np.tanh([0.5, np.tanh(0.5)])),
    ("08", "averaged-over-time", "of which you have half", backward("W_hh"), 0.3312 / 2),
    (
        "08",
        "backward-without-transpose",
        "= (0,\\ 0)$, and the gradient is lost",
        lambda m: m.rnn_backward(**one_way(), grad_h=a([1, 0]))["h0"],
        [0, 0],
    ),
    (
        "08",
        "bias-forgotten",
        "yours stays at $0$",
        lambda m: m.rnn_forward(np.zeros((1, 1)), a(0), np.zeros((1, 1)), np.zeros((1, 1)), a(1))[1],
        [0],
    ),
    ("08", "bias-skips-tanh", "1 + 0.18 = 1.18", backward("b"), 1.18),
    ("08", "carried-gradient-piled-up", "get $0.2376$", backward("h0"), 0.2376),
    (
        "08",
        "clipped-inside",
        "if it isn't clipped again there",
        lambda m: m.rnn_backward(np.zeros((2, 1)), np.zeros((3, 1)), a([4]), np.zeros((1, 1)), a([0], [3]))["b"],
        [0.5 + 0.5],
    ),
    (
        "08",
        "direct-gradient-one-step-early",
        "all weights get a gradient of $0$",
        lambda m: m.rnn_backward(**one_way(), grad_h=a([1, 0]))["W_hh"],
        np.zeros((2, 2)),
    ),
    ("08", "first-step-skipped", "part that was sent to $h_1$", backward("h0"), 0.18),
    ("08", "gradient-not-summed-over-time", "one of $\\delta_1 h_0 = 0.1152$", backward("W_hh"), 0.1152),
    ("08", "index-wraps-round", "yours enters at step 1", backward("W_hh"), 0.64 * 1),
    ("08", "initial-state-has-no-gradient", "all zeros", backward("h0"), 0),
    ("08", "initial-state-one-step-short", "$0.18$ is the gradient", backward("h0"), 0.18),
    ("08", "initial-state-one-step-short--delta", "$0.1152$ is that", backward("h0"), 0.1152),
    ("08", "last-step-counted-twice", "is doubled too", backward("W_hh"), 2 * 0.3312),
    ("08", "loss-of-last-step-only", "go on with $0.18$", backward("h0", ((1.0,), (1.0,))), 0.0576),
    ("08", "no-path-through-time", "\\delta_1 = 0", backward("W_hh"), 0.216),
    ("08", "return-inside-loop", "what step 2 sends", backward("h0"), 0.18),
    ("08", "slope-forgotten", "0.5^2 = 0.25", backward("h0"), 0.25),
    (
        "08",
        "argument-changed",
        "the same line of their program gets other gradients",
        lambda m: (
            lambda grad_h: twice(
                lambda: m.rnn_backward(a([1], [0]), a([1], [0.6], [0.8]), a([0.5]), a([1]), grad_h)["W_hh"]
            )
        )(a([0], [1])),
        0.3312 + 0.18 * (1 - 0.6**2),
    ),
    ("08", "state-between-calls", "are twice as large", lambda m: twice(lambda: backward("W_hh")(m)), 2 * 0.3312),
    (
        "08",
        "state-between-calls",
        "all gradients but that of $h_0$",
        lambda m: twice(lambda: backward("h0")(m)),
        0.0576,
    ),
    (
        "08",
        "weight-gradient-transposed",
        "Yours stands at `[1, 0]`",
        lambda m: m.rnn_backward(**one_way(), grad_h=a([1, 0]))["W_hh"],
        [[0, 0], [1, 0]],
    ),
    (
        "08",
        "weights-transposed",
        "gives $(0,\\ 0)$",
        lambda m: m.rnn_forward(np.zeros((1, 1)), a(0, 1), a([0, 1], [0, 0]), np.zeros((2, 1)), np.zeros(2))[1],
        [0, 0],
    ),
    ("09", "backward-without-transpose", "Yours is", norms(([0.0, 1.0], [0.0, 0.0]), (50.0, 0.0), 2), [1, 2**0.5]),
    ("09", "bias-forgotten", "you report 1", norms(([1.0],), (1.0,), 2), [1, 1]),
    ("09", "gradient-accumulated", "2\\sqrt{d}", norms(np.eye(4).tolist(), (0.0,) * 4, 2), [2, 4]),
    ("09", "gradient-of-input", "you report 3", norms(([1.0],), (0.0,), 1, ([3.0],)), [3]),
    ("09", "gradient-of-preactivation", "= 0.8324", lambda m: worked_norms(m)[2], 0.8324),
    ("09", "graph-cut", "0 (or no gradient at all) everywhere before", worked_norms, [0, 0, 1]),
    (
        "09",
        "graph-cut",
        "the first step back multiplies the gradient by $0.6659$; yours multiplies it by 0",
        lambda m: worked_norms(m)[1] / worked_norms(m)[2],
        0,
    ),
    ("09", "local-factor-only", "You report", worked_norms, [0.5636, 0.6659, 1]),
    ("09", "loss-at-every-step", "= 1.9389", worked_norms, [1.9389, 1.6659, 1]),
    ("09", "norms-reversed", "You return", worked_norms, [1, 0.6659, 0.3753]),
    ("09", "not-the-euclidean-norm", "the largest entry is 1", norms(np.eye(4).tolist(), (0.0,) * 4, 1), [1]),
    ("09", "not-the-euclidean-norm--mean", "the mean is 1", norms(np.eye(4).tolist(), (0.0,) * 4, 1), [1]),
    ("09", "not-the-euclidean-norm--sum", "the sum is 4", norms(np.eye(4).tolist(), (0.0,) * 4, 1), [4]),
    ("09", "only-first-gradient", "$0.1261$", worked_norms, 0.1261),
    ("09", "profile-shifted", "0.1261, 0.3753, 0.6659", worked_norms, [0.1261, 0.3753, 0.6659]),
    ("09", "profile-shifted--both-ends", "a list of all four", worked_norms, [0.1261, 0.3753, 0.6659, 1]),
    ("09", "profile-normalized", "yours is 1", norms(np.eye(4).tolist(), (0.0,) * 4, 1), [1]),
    ("09", "slope-at-previous-state", "= 0.5636", lambda m: worked_norms(m)[1], 0.5636),
    ("09", "squared-norm", "become $0.4434$", lambda m: worked_norms(m)[1], 0.4434),
    ("10", "clip-by-value", "(3, 3)", lambda m: clipped(3, (3.0, 4.0))(m)[0][0], [3, 3]),
    ("10", "clip-factor-twice", "the length 0.2", lambda m: clipped(1, (3.0, 4.0))(m)[0][0].norm(), 0.2),
    ("10", "clip-factor-twice--squared", "the length 0.2", lambda m: clipped(1, (3.0, 4.0))(m)[0][0].norm(), 0.2),
    ("10", "clip-per-tensor", "(2.4, 3.2)", lambda m: clipped(4, (3.0, 4.0), (12.0,))(m)[0][0], [2.4, 3.2]),
    ("10", "lengths-of-pieces-added", "gives 7", lambda m: clipped(9, (3.0,), (4.0,))(m)[1], 7),
    ("10", "lengths-of-pieces-added--mean", "gives 3.5", lambda m: clipped(9, (3.0,), (4.0,))(m)[1], 3.5),
    ("10", "norm-after-clipping", "that is 1", lambda m: clipped(1, (3.0, 4.0))(m)[1], 1),
    ("10", "norm-of-the-last-tensor", "you get 5", lambda m: clipped(6, (12.0,), (3.0, 4.0))(m)[1], 5),
    ("10", "norm-of-the-last-tensor--the-first", "you get 5", lambda m: clipped(6, (3.0, 4.0), (12.0,))(m)[1], 5),
    ("10", "norm-of-the-last-tensor--the-first", "you get 12", lambda m: clipped(6, (12.0,), (3.0, 4.0))(m)[1], 12),
    ("10", "norm-of-the-last-tensor--the-longest", "you get 12", lambda m: clipped(6, (3.0, 4.0), (12.0,))(m)[1], 12),
    ("10", "norm-of-the-last-tensor--the-longest", "you get 1.", lambda m: clipped(6, *[(1.0,)] * 100)(m)[1], 1),
    ("10", "not-the-euclidean-norm--mean", "that is 3.5", lambda m: clipped(9, (3.0, -4.0))(m)[1], 3.5),
    (
        "10",
        "not-the-euclidean-norm--mean",
        "lets this gradient pass",
        lambda m: clipped(4, (3.0, -4.0))(m)[0][0],
        [3, -4],
    ),
    ("10", "not-the-euclidean-norm--mean", "the mean is 0.1", lambda m: clipped(9, (0.1,) * 10000)(m)[1], 0.1),
    ("10", "not-the-euclidean-norm", "are 7 and 4", lambda m: clipped(9, (3.0, -4.0))(m)[1], 7),
    ("10", "not-the-euclidean-norm--largest-entry", "7 and 4", lambda m: clipped(9, (3.0, -4.0))(m)[1], 4),
    ("10", "return-inside-loop", "yours has one", lambda m: len(clipped(9, (3.0,), (4.0,))(m)[0]), 1),
    ("10", "root-mean-square-for-norm", "about $3.5$", lambda m: clipped(9, (3.0, 4.0))(m)[1], 12.5**0.5),
    ("10", "spectral-norm-for-length", "spectral norm is 1", lambda m: clipped(9, ((1.0, 0.0), (0.0, 1.0)))(m)[1], 1),
    ("10", "squared-norm", "that is 25", lambda m: clipped(30, (3.0, 4.0))(m)[1], 25),
    (
        "10",
        "threshold-above-one-refused",
        "raises a `ValueError`",
        lambda m: refused(lambda: clipped(3.25, (12.0,))(m)),
        True,
    ),
    ("10", "threshold-not-checked", "(-0.6, -0.8)", lambda m: clipped(-1, (3.0, 4.0))(m)[0][0], [-0.6, -0.8]),
    ("11", "determinant-for-radius", "that is 1", lambda m: m.scale_to_radius(a([4, 0], [0, 0.25]), 1.0)[0, 0], 4),
    (
        "11",
        "first-eigenvalue-for-largest",
        "has the radius $4.5$",
        lambda m: m.scale_to_radius(a([0.2, 0], [0, 0.9]), 1.0),
        [[1, 0], [0, 4.5]],
    ),
    (
        "11",
        "norm-for-radius",
        "half the radius",
        lambda m: m.scale_to_radius(a([0, -4], [1, 0]), 1.0),
        [[0, -1], [0.25, 0]],
    ),
    ("11", "radius-not-divided-out", "radius 1.8", lambda m: m.scale_to_radius(a([2]).reshape(1, 1), 0.9), [[1.8]]),
    ("11", "symmetric-solver", "\\pm 1$", lambda m: m.scale_to_radius(a([0, -4], [1, 0]), 1.0), [[0, -4], [1, 0]]),
    ("12", "candidate-unscaled", "$-0.097$", gru, -0.097),
    ("12", "candidate-unscaled", "yours does, too", lambda m: -0.462 < gru(m) < 0.5, True),
    ("12", "candidate-unscaled", "= 0.95$", resting_gru, 0.95),
    ("12", "candidate-not-squashed", "it is $-0.5$, where", gru, 0.731 * 0.5 - 0.269 * 0.5),
    ("12", "gates-exchanged", "= -0.123", gru, -0.123),
    ("12", "kept-state-unscaled", "$0.376$", gru, 0.376),
    ("12", "reset-after-matrix--whole-sum", "= 0.25$", gru, 0.731 * 0.5 + 0.269 * np.tanh(0.25)),
    ("12", "reset-after-matrix--all-but-the-bias", "+ 0.5 = 0.5$", gru, 0.731 * 0.5 + 0.269 * np.tanh(0.5)),
    ("12", "reset-gate-missing", "$h'$ is $0.490$ in place of $0.241$", gru, 0.490),
    ("12", "reset-state-kept", "= 0.183$", gru, 0.183 + 0.269 * np.tanh(-0.5)),
    ("12", "reset-state-kept--in-place", "= 0.183$", gru, 0.183 + 0.269 * np.tanh(-0.5)),
    ("12", "squashing-functions-swapped--reset-gate", "= 0$ and hides", gru, 0.731 * 0.5 + 0.269 * np.tanh(-1.5)),
    ("12", "torch-gate-convention", "$-0.203$", gru, -0.203),
    ("13", "cell-fed-from-hidden", "= 0.134", lstm(1), 0.134),
    ("13", "cell-squashed", "becomes 0.843", lstm(1), 0.843),
    ("13", "cell-squashed--twice", "becomes 0.843", lstm(1), 0.843),
    ("13", "forget-and-input-exchanged", "= 0.662", lstm(1), 0.662),
    ("13", "forget-gate-reversed", "c' = 0.307", lstm(1), 0.307),
    ("13", "forget-gate-reversed--in-the-gain", "= 0$, as if", lambda m: m.cell_path_gain(t([0.9], [0.8], [1])), [0]),
    ("13", "hidden-state-not-squashed", "= 1.084", lstm(0), 1.084),
    ("13", "input-gate-missing", "1.462 - 0.462 = 1", lstm(1), 1),
    ("13", "output-gate-inside-tanh", "= 0.795", lstm(0), 0.795),
    ("13", "output-gate-missing", "= 0.843", lstm(0), 0.843),
    ("13", "output-gate-on-the-cell", "= 1.084", lstm(1), 1.084),
    ("13", "output-of-the-old-cell", "= 0.849", lstm(0), 0.849),
    ("13", "product-over-units", "= 0.45", lambda m: m.cell_path_gain(t([0.9, 0.5], [0.8, 0.5], [1, 0.5]))[0], 0.45),
    ("13", "squashing-functions-swapped--input-gate", "is $\\tanh(0) = 0$", lstm(1), 0.731 * 2),
    ("13", "squashing-functions-swapped--forget-gate", "$\\tanh(1) = 0.762$", lstm(1), 0.762 * 2 - 0.231),
    ("13", "squashing-functions-swapped--output-gate", "$\\tanh(2) = 0.964$", lstm(0), 0.964 * np.tanh(1.231)),
    ("13", "state-order-swapped", "you return $(1.231, 0.742)$", lambda m: (lstm(0)(m), lstm(1)(m)), (1.231, 0.742)),
    ("13", "units-multiplied-too", "0.09", lambda m: m.cell_path_gain(t([0.9, 0.5], [0.8, 0.5], [1, 0.5])), 0.09),
    ("14", "both-states-counted", "= 1.118$", resting_lstm(1), [1.118]),
    ("14", "correlation-for-slope", "so you say 1.", lambda m: m.decades_per_step(t(0.25, 0.5, 1)), 1),
    ("14", "correlation-for-slope", "you say 1 as well", lambda m: m.decades_per_step(t(0.01, 0.1, 1)), 1),
    ("14", "graph-cut", "$(0, 0, 1)$", public_profile, [0, 0, 1]),
    ("14", "hidden-for-cell", "$(0, 0, 1)$", resting_lstm(3), [0, 0, 1]),
    (
        "14",
        "hidden-state-not-squashed",
        "Yours is $0.5$, whatever the cell holds",
        lambda m: biased_lstm(m, i=99, g=99),
        [0.5],
    ),
    ("14", "line-through-zero", "= 0.6$", lambda m: m.decades_per_step(t(10, 10, 10)), 0.6),
    ("14", "loss-at-every-step", "$(2.71, 1.9, 1)$", public_profile, [2.71, 1.9, 1]),
    ("14", "lstm-output-before-candidate", "entry is $0.400$", lambda m: biased_lstm(m, o=2), [0.4]),
    ("14", "natural-log-for-decades", "2.303", lambda m: m.decades_per_step(t(0.01, 0.1, 1)), 2.303),
    ("14", "norms-reversed", "$(1, 0.9, 0.81)$", public_profile, [1, 0.9, 0.81]),
    ("14", "profile-shifted", "$(0.729, 0.81, 0.9, 1)$", public_profile, [0.729, 0.81, 0.9, 1]),
    ("14", "profile-shifted--state-before-the-input", "$(0.729, 0.81, 0.9)$", public_profile, [0.729, 0.81, 0.9]),
    (
        "14",
        "reset-gate-missing",
        "yours is $\\tanh(0) = 0$",
        lambda m: m.gru_step(t(0, -99, 1), t(0, 0, -1), t(0), t(0))[0],
        [0],
    ),
    (
        "14",
        "reset-gate-on-the-input",
        "yours is $\\tanh(0.5) = 0.462$",
        lambda m: m.gru_step(t(0, -99, 1), t(0, 0, 0), t(0), t(0))[0],
        [0.462],
    ),
    ("14", "slope-against-steps-back", "you say $-1$", lambda m: m.decades_per_step(t(0.01, 0.1, 1)), -1),
    ("14", "slope-without-log", "$0.495$", lambda m: m.decades_per_step(t(0.01, 0.1, 1)), 0.495),
    ("14", "two-point-slope", "same 1 from you", lambda m: m.decades_per_step(t(0.001, 1, 1, 1)), 1),
    ("14", "two-point-slope--divided-by-count", "$0.75$", lambda m: m.decades_per_step(t(0.001, 0.01, 0.1, 1)), 0.75),
    ("14", "way-through-hidden-missed", "$(0.25, 0)$", resting_lstm(2), [0.25, 0]),
    ("16", "attention-path-as-distance", "$(3, 2, 1, 0)$", lambda m: m.path_lengths(4, "attention"), [3, 2, 1, 0]),
    (
        "16",
        "every-step-as-query",
        "you report 1",
        lambda m: m.attention_gradient_norms(t([1.0], [2.0], [3.0], [4.0]), t([0.0]), t([0.0]), t([1.0])),
        [1, 1, 1, 1],
    ),
    ("16", "first-step-as-query", "$(0.75, 0.5)$", attention, [0.75, 0.5]),
    ("16", "gradient-of-attention-weights", "$(0, 1)$", attention, [0, 1]),
    ("16", "keys-held-fixed", "you report $0.269$", lambda m: attention(m)[0], 0.269),
    ("16", "last-step-left-out", "$(1, 0)$", attention, [1, 0]),
    ("16", "last-step-needs-no-path", "$(1, 1, 1, 0)$", lambda m: m.path_lengths(4, "attention"), [1, 1, 1, 0]),
    ("16", "mask-upside-down", "$(0, 1)$", attention, [0, 1]),
    (
        "16",
        "mean-for-sum",
        "you return $0.2$",
        lambda m: m.attention_gradient_norms(
            t([1.0]), torch.zeros(4, 1).double(), torch.zeros(4, 1).double(), t(*[[0.2]] * 4)
        ),
        [0.2],
    ),
    ("16", "path-counts-the-last-step", "$(4, 3, 2, 1)$", lambda m: m.path_lengths(4, "recurrent"), [4, 3, 2, 1]),
    ("16", "path-from-the-start", "$(0, 1, 2, 3)$", lambda m: m.path_lengths(4, "recurrent"), [0, 1, 2, 3]),
    ("16", "query-held-fixed", "your $0.9277$", lambda m: attention(m)[1], 0.9277),
    ("16", "softmax-left-out", "$(0, 3)$", attention, [0, 3]),
    ("16", "squared-norm", "$(0.005, 1.264)$", attention, [0.00523, 1.264]),
    ("16", "weight-for-gradient", "$(0.269, 0.731)$", attention, [0.269, 0.731]),
    ("16", "weights-held-fixed", "the value brings $0.269$", lambda m: attention(m)[0], 0.269),
    (
        "16",
        "not-the-euclidean-norm",
        "these are 7 and 4",
        lambda m: m.attention_gradient_norms(t([1.0, 2.0]), t([0.0, 0.0]), t([0.0, 0.0]), t([3.0, -4.0])),
        [7],
    ),
    (
        "16",
        "not-the-euclidean-norm--largest-entry",
        "these are 7 and 4",
        lambda m: m.attention_gradient_norms(t([1.0, 2.0]), t([0.0, 0.0]), t([0.0, 0.0]), t([3.0, -4.0])),
        [4],
    ),
    ("17", "another-optimizer", "here $0.1$", trained("W_hh"), 0.4),
    (
        "17",
        "frobenius-for-radius",
        "$\\sqrt 4 = 2$",
        lambda m: m.train(
            {"W_hh": torch.eye(4), "W_xh": torch.ones(4, 1), "w_out": torch.ones(4)},
            torch.ones(1, 2, 1),
            torch.ones(1),
            0.1,
            0,
        )[1],
        [2],
    ),
    ("17", "half-of-the-square", "is half as long", trained("W_hh"), 0.5 - 0.192 / 2),
    ("17", "half-of-the-square--in-training", "gets to $0.404$", trained("W_hh"), 0.404),
    ("17", "half-of-the-square--in-training", "takes steps that are half as long", trained("W_hh"), 0.5 - 0.192 / 2),
    ("17", "half-of-the-square--in-the-parts", "comes to $0.961$", one_of_each, (0.961, 0)),
    ("17", "sum-over-batch-for-mean--in-the-parts", "With one sequence nothing shows", of_equal_sequences(1), 1.922),
    ("17", "sum-over-batch-for-mean--in-the-parts", "both are 32 times as long", of_equal_sequences(32), 32 * 1.922),
    ("17", "sum-over-batch-for-mean--in-training", "With one sequence nothing shows", trained("W_hh"), 0.308),
    ("17", "another-optimizer--momentum", "The first update is right", trained("W_hh"), 0.308),
    ("17", "minus-zero-slice", "near part is the whole", lambda m: one_of_each(m, near=0), (1.922, 0)),
    ("17", "near-from-the-start", "yours is that of step 1", one_of_each, (0, 1.922)),
    ("17", "spectral-for-frobenius", "With one unit the two agree", one_of_each, (1.922, 0)),
    ("17", "near-and-far-exchanged", "$(0, 1.922)$", one_of_each, (0, 1.922)),
    (
        "18",
        "backward-without-transpose",
        "= (0, 0)$",
        lambda m: m.gradient_shares(a([1, 1], [0, 1], [0, 0]), a([0, 1], [0, 0]), a(1, 0))[1],
        np.zeros((2, 2)),
    ),
    (
        "18",
        "argument-changed",
        "reads $(0.18,\\ 1)$",
        lambda m: after(lambda g: m.truncated_gradient(a([0], [0]), a([0], [0], [0.8]), a([0.5]), g, 2), a([0], [1])),
        [[0.18], [1]],
    ),
    (
        "18",
        "argument-changed--grad-last",
        "reads $0.36$",
        lambda m: after(lambda last: m.gradient_shares(a([0.6], [0.8]), a([0.5]), last), a(1)),
        [0.36],
    ),
    (
        "18",
        "argument-changed--grad-last",
        "$0.36$ times as large",
        lambda m: (lambda last: twice(lambda: m.gradient_shares(a([0.6], [0.8]), a([0.5]), last)))(a(1)),
        [[[0.36 * 0.36 * 0.6]]],
    ),
    ("18", "edge-off-by-one", "then 2 and 3", taught(3, 2, 4), 100 + 0.75 * 10),
    ("18", "edge-off-by-one--longer-first", "Yours are 1 to 3", taught(3, 2, 4), 100 + 0.75 * 10 + 0.75**2),
    ("18", "edge-off-by-one--longer-first", "then 4 alone", taught(4, 2, 4), 1000),
    ("18", "last-window-only", "Yours leaves both out", taught(2, 2, 4), 0),
    ("18", "left-for-lost", "yours says 1", lambda m: m.truncation_error(SHARES, 2), 1),
    (
        "18",
        "sum-of-norms-for-norm-of-sum",
        "of 3 in all",
        lambda m: m.truncation_error(a([[1]], [[1]], [[-1]]), 1),
        2 / 3,
    ),
    (
        "18",
        "one-minus-kept",
        "$1 - 3/5 = 0.4$",
        lambda m: m.truncation_error(a([[3, 0], [0, 0]], [[0, 4], [0, 0]]), 1),
        0.4,
    ),
    (
        "18",
        "slope-at-previous-state",
        "is $0.238$",
        lambda m: m.gradient_shares(RUN, a([0.5]).reshape(1, 1), a(1))[0],
        0.238,
    ),
    (
        "18",
        "slope-at-previous-state--in-windows",
        "$0.238$ to $W_{hh}$",
        lambda m: m.truncated_gradient(np.zeros((2, 1)), RUN, a([0.5]).reshape(1, 1), a([0], [1]), 1)["W_hh"],
        0.238,
    ),
    (
        "18",
        "summed-over-all-axes",
        "nothing is lost",
        lambda m: m.truncation_error(a([[2, 0], [0, 0]], [[1, 0], [0, -1]]), 1),
        0,
    ),
    ("18", "short-window-left-out", "leaves step 3 out", taught(3, 2, 3), 0),
    ("18", "short-window-left-out", "gradients are 0", taught(3, 4, 3), 0),
    ("18", "sliding-window-for-blocks", "reaches steps 3 and 2", taught(3, 2, 4), 100 + 0.75 * 10),
    ("18", "window-ignored", "a share to step 1", taught(2, 1, 2), 10 + 0.75 * 1),
    ("18", "window-not-checked", "comes out as 1", lambda m: m.truncation_error(SHARES, 0), 1),
    ("18", "windows-from-the-end", "then 2 and 3", taught(3, 2, 3), 100 + 0.75 * 10),
    (
        "08",
        "alias-not-copy--of-a-copy",
        "yours are $0.462$",
        lambda m: m.rnn_forward(np.zeros((1, 1)), a(0.5), np.eye(1), np.eye(1), a(0)),
        [[0.462], [0.462]],
    ),
    ("08", "direct-gradient-past-the-slope", "yours is the full $1$", backward("b"), 1 + 0.64 * 0.5),
    (
        "10",
        "clipping-scales-up--zeros-become-nan",
        "makes NaN of them",
        lambda m: clipped(1.0, (0.0, 0.0))(m)[0][0],
        [np.nan, np.nan],
    ),
    (
        "10",
        "clipping-scales-up--zeros-raise",
        "stops at a division by 0",
        lambda m: refused(lambda: clipped(1.0, (0.0, 0.0))(m), ZeroDivisionError),
        True,
    ),
    (
        "10",
        "clipping-mends-nan--handed-back",
        "you return $(0, \\mathrm{NaN})$",
        lambda m: clipped(1.0, (1.0, np.inf))(m)[0][0],
        [0, np.nan],
    ),
    (
        "10",
        "clipping-mends-nan--handed-back",
        "so the gradient comes back as it is",
        lambda m: clipped(1.0, (1.0, np.nan))(m)[0][0],
        [1, np.nan],
    ),
    (
        "11",
        "radius-one-for-orthogonal",
        "has the spectral radius 1",
        lambda m: [np.abs(np.linalg.eigvals(m.orthogonal_init(d, 1))).max() for d in (1, 2, 9)],
        [1, 1, 1],
    ),
    (
        "11",
        "largest-eigenvalue-signed--complex",
        "= 0.24 + 0.32i$",
        lambda m: m.scale_to_radius(a([-4, -17], [1, -2]), 0.5)[0, 0],
        0.24 + 0.32j,
    ),
    (
        "11",
        "perpendicular-for-orthogonal",
        "perpendicular to each other",
        lambda m: np.tril((Q := m.orthogonal_init(6, 1)).T @ Q, -1),
        np.zeros((6, 6)),
    ),
    (
        "13",
        "argument-changed--gates",
        "$(0.72, 0.125)$ after the call",
        lambda m: after(m.cell_path_gain, t([0.9, 0.5], [0.8, 0.5], [1.0, 0.5]))[0],
        [0.72, 0.125],
    ),
    (
        "13",
        "argument-changed--gates",
        "a second call says $0.576$",
        lambda m: m.cell_path_gain(after(m.cell_path_gain, t([0.9, 0.5], [0.8, 0.5], [1.0, 0.5])))[0],
        0.576,
    ),
    (
        "14",
        "argument-changed--logarithms",
        "reads $-3$, $-2$, $-1$, $0$",
        lambda m: after(m.decades_per_step, t(0.001, 0.01, 0.1, 1.0)),
        [-3, -2, -1, 0],
    ),
]


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    with np.errstate(all="ignore"):
        yield


def explanation(file: Path) -> str:
    """What the program's own docstring says, or that of the program which it is a variant of."""
    own = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))
    text = own or ast.get_docstring(ast.parse(file.with_stem(file.stem.split("--")[0]).read_text(encoding="utf-8")))
    assert text is not None
    return " ".join(text.split())


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]}-{case[1]}")
def test_the_program_answers_what_its_explanation_says(case: Case) -> None:
    exercise, name, quote, ask, expected = case
    file = REPOSITORY / "solutions" / f"exercise-{exercise}" / "misconceptions" / f"{name}.py"
    assert quote in explanation(file)
    spec = importlib.util.spec_from_file_location(f"exercise_{exercise}_{name}", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found = ask(module)
    if isinstance(expected, str | bool):
        assert found == expected
    else:
        found = found.detach().numpy() if isinstance(found, torch.Tensor) else found
        np.testing.assert_allclose(found, expected, rtol=0.006, atol=6e-5)
