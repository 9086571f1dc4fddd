"""Hidden checks of exercise-17: gradient descent step by step, the radius on the way, and the parts of a gradient.

Everything is float64 and takes few updates, so that rounding has no time to grow. Parameters and radii are asked for
apart, so that a mistake in one costs nothing in the other.
"""

import numpy as np

from autograder.checks import points, tensor

LOOSE = 1e-6


def network(rng, d=4, n=2, dtype="float64"):
    """Parameters with an orthogonal W_hh."""
    weights = {
        "W_hh": np.linalg.qr(rng.normal(size=(d, d)))[0],
        "W_xh": 0.5 * rng.normal(size=(d, n)),
        "w_out": rng.normal(size=d) / 2,
    }
    return {name: tensor(value, dtype) for name, value in weights.items()}


def data(rng, batch=5, steps=6, n=2, dtype="float64"):
    """Inputs and targets."""
    return tensor(rng.normal(size=(batch, steps, n)), dtype), tensor(rng.normal(size=batch), dtype)


def half(which, *arguments):
    """The question: the trained parameters (0) or the radii (1)."""

    def ask(program):
        answer = program.train(*arguments)
        if not isinstance(answer, tuple | list) or len(answer) != 2:
            return "not a pair of parameters and radii"
        value = answer[which]
        return {name: value.get(name) for name in ("W_hh", "W_xh", "w_out")} if isinstance(value, dict) else value

    return ask


@points(1)
def test_radius_of_the_start(agree, rng):
    """Without an update there is one radius, that of the start: the largest magnitude of an eigenvalue."""
    weights = network(rng) | {"W_hh": tensor(rng.normal(size=(4, 4)) - 0.8 * np.eye(4))}
    turning = network(rng, 2) | {"W_hh": tensor(np.array([[0.2, -1.8], [0.45, 0.2]]))}
    for each in (weights, turning):
        agree(half(1, each, *data(rng), 0.1, 0))


@points(1.5)
def test_one_update(agree, rng):
    """One update moves each weight against its own gradient, by the rate."""
    agree(half(0, network(rng), *data(rng), 0.2, 1), atol=LOOSE)


@points(2)
def test_radius_after_each_update(agree, rng):
    """The radii begin with that of the start, and one follows after each update: one number more than updates."""
    agree(half(1, network(rng), *data(rng), 0.1, 12), atol=LOOSE)
    agree(half(1, network(rng, 6, 1), *data(rng, 8, 10, 1), 0.05, 20), atol=LOOSE)


@points(1.5)
def test_trained_parameters(agree, rng):
    """After many updates all three weights are where plain gradient descent brings them."""
    agree(half(0, network(rng), *data(rng), 0.1, 15), atol=LOOSE)


@points(1.5)
def test_near_and_far(agree, rng):
    """The near part sums the shares of the last steps, the far part those of all others."""
    for near in (2, 5):
        agree("near_and_far", network(rng), *data(rng, steps=8), near)


@points(0.5)
def test_parts_without_steps(agree, rng):
    """With no near step, or with all of them, one part is empty, and the other is the whole gradient."""
    for near in (0, 6):
        agree("near_and_far", network(rng), *data(rng), near)


@points(0.5)
def test_single_precision(agree, rng):
    """With float32 parameters and inputs the radii and the parameters stay float32."""
    weights, batch = network(rng, dtype="float32"), data(rng, dtype="float32")
    agree(half(0, weights, *batch, 0.1, 3))
    agree(half(1, weights, *batch, 0.1, 3))


@points(0.5)
def test_arguments_are_left_alone(agree, rng):
    """The start belongs to the caller: it is the same after the training as before."""
    weights, batch = network(rng), data(rng)
    agree("train", weights, *batch, 0.1, 2, keep_arguments="only")
    agree("near_and_far", weights, *batch, 2, keep_arguments="only")
