"""Hidden checks of exercise 04: each asks for one thing that the Jacobian of a tanh step must get right.

The weights stay of order one, so that a central difference is as good an answer as the formula.
"""

import numpy as np

from autograder.checks import points


def step(rng, d, n):
    """The arguments of one generic step: every term of z counts, no unit is saturated."""
    h_prev, x = rng.uniform(-0.9, 0.9, size=d), rng.normal(size=n)
    W_hh, W_xh = 0.8 * rng.normal(size=(d, d)), 0.6 * rng.normal(size=(d, n))
    b = rng.choice([-1.0, 1.0], size=d) * rng.uniform(0.2, 0.8, size=d)
    return h_prev, x, W_hh, W_xh, b


@points(1)
def test_at_rest(agree, rng):
    """Where every unit is at rest, z = 0, the Jacobian is W_hh itself."""
    _, _, W_hh, W_xh, _ = step(rng, 4, 4)
    agree("tanh_jacobian", np.zeros(4), np.zeros(4), W_hh, W_xh, np.zeros(4))


@points(1)
def test_the_state_sets_the_slope(agree, rng):
    """Without input and bias, the slopes come from W_hh applied to the previous state."""
    h_prev, _, W_hh, W_xh, _ = step(rng, 4, 4)
    agree("tanh_jacobian", h_prev, np.zeros(4), W_hh, W_xh, np.zeros(4))


@points(1)
def test_the_input_sets_the_slope(agree, rng):
    """The input is no factor of the Jacobian, yet it moves the slopes."""
    h_prev, x, W_hh, W_xh, _ = step(rng, 4, 4)
    agree("tanh_jacobian", h_prev, x, W_hh, W_xh, np.zeros(4))


@points(1)
def test_the_bias_sets_the_slope(agree, rng):
    """The bias is no factor of the Jacobian, yet it moves the slopes."""
    h_prev, _, W_hh, W_xh, b = step(rng, 4, 4)
    agree("tanh_jacobian", h_prev, np.zeros(4), W_hh, W_xh, b)


@points(2)
def test_rows_are_outputs(agree, rng):
    """Row i belongs to the unit that moves, column j to the one that was nudged."""
    for _ in range(3):
        agree("tanh_jacobian", *step(rng, 4, 4))


@points(1)
def test_any_size(agree, rng):
    """The Jacobian is (d, d), whatever the number of inputs."""
    for d, n in ((5, 3), (2, 6), (1, 3), (3, 1)):
        agree("tanh_jacobian", *step(rng, d, n))


@points(1)
def test_saturated_units(agree, rng):
    """A saturated unit passes almost no gradient, its neighbours pass theirs."""
    h_prev, x, W_hh, W_xh, b = step(rng, 4, 4)
    saturating = np.array([4.0, 0.0, -4.0, 0.0])
    agree("tanh_jacobian", h_prev, 0.3 * x, W_hh, W_xh, b + saturating, atol=1e-7)


@points(1)
def test_arguments_are_left_alone(agree, rng):
    """The arguments are the same after the call as before it."""
    agree("tanh_jacobian", *step(rng, 4, 3), keep_arguments=True)
