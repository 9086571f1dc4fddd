"""Hidden checks of exercise-09: the profile of gradient norms, and the ways it is measured wrongly.

Most checks run in float32, so that a lost dtype costs one check and not all of them. Weights are drawn so that
1 - tanh^2 is never so small in float32 that two right programs could differ.
"""

import numpy as np

from autograder.checks import Axes, points, tensor


def network(rng, steps, d, n, dtype="float32"):
    """One random network of gain about 1, as the five arguments of gradient_norms."""
    W_hh = rng.normal(size=(d, d)) / np.sqrt(d)
    W_xh = 0.6 * rng.normal(size=(d, n)) / np.sqrt(n)
    b = 0.4 * rng.normal(size=d)
    x = rng.normal(size=(steps, n))
    h0 = rng.uniform(-0.8, 0.8, size=d)
    return tensors(W_hh, W_xh, b, x, h0, dtype=dtype)


def tensors(*arrays, dtype="float32"):
    return tuple(tensor(array, dtype) for array in arrays)


PROFILE = Axes(
    "The gradient that reaches each state, over thirty steps",
    x="$t$",
    y="$\\lVert \\partial L / \\partial h_t \\rVert$",
    first=1,
)


def orthogonal(rng, d):
    return np.linalg.qr(rng.normal(size=(d, d)))[0]


@points(
    2,
    hint="Compare your profile with the public example entry by entry: is the last entry $\\sqrt{d}$? "
    "Is entry 0 the one farthest from the loss?",
)
def test_whole_profile(agree, rng):
    """The whole profile: one norm per step, the earliest step first."""
    agree("gradient_norms", *network(rng, steps=7, d=5, n=3))
    agree("gradient_norms", *network(rng, steps=4, d=2, n=6))


@points(1)
def test_one_step(agree, rng):
    """With a single step nothing lies between the state and the loss: the norm is the square root of $d$."""
    for d in (4, 1, 9):
        agree("gradient_norms", *network(rng, steps=1, d=d, n=2))


@points(
    1, hint="The figure in the report has one curve for your profile and one for the right one. Where do they part?"
)
def test_thirty_steps(agree, rng):
    """Over thirty steps the profile is close to a straight line on a logarithmic axis."""
    d, n, steps = 6, 3, 30
    W_hh, W_xh = 0.85 * orthogonal(rng, d), 0.4 * rng.normal(size=(d, n))
    x, b, h0 = rng.normal(size=(steps, n)), 0.1 * rng.normal(size=d), rng.uniform(-0.5, 0.5, size=d)
    agree("gradient_norms", *tensors(W_hh, W_xh, b, x, h0), figure=PROFILE)


@points(0.5, hint="Look at the dtype of what you return when every argument is float64.")
def test_double_precision(agree, rng):
    """float64 in, float64 out, with the precision of float64."""
    agree("gradient_norms", *network(rng, steps=6, d=4, n=3, dtype="float64"))


@points(1.5)
def test_halved_at_every_step(agree, rng):
    """Half an orthogonal matrix halves the gradient at every step back, as long as the units rest at 0."""
    d, n, steps = 6, 2, 9
    W_hh, W_xh = 0.5 * orthogonal(rng, d), rng.normal(size=(d, n))
    agree("gradient_norms", *tensors(W_hh, W_xh, np.zeros(d), np.zeros((steps, n)), np.zeros(d)))


@points(0.5)
def test_exploding(agree, rng):
    """With a gain above 1 and nearly linear units the earliest state gets the largest gradient."""
    d, n, steps = 5, 3, 7
    W_hh, W_xh = 1.5 * orthogonal(rng, d), rng.normal(size=(d, n))
    x, b, h0 = 0.01 * rng.normal(size=(steps, n)), 0.01 * rng.normal(size=d), 0.01 * rng.normal(size=d)
    agree("gradient_norms", *tensors(W_hh, W_xh, b, x, h0))


@points(0.5)
def test_saturation_beats_large_weights(agree, rng):
    """Weights of radius 2 don't explode where the units are saturated: the gradient vanishes."""
    d, n, steps = 5, 2, 6
    signs = rng.choice([-1.0, 1.0], size=(2, d))
    W_hh = 2.0 * signs[0][:, None] * np.roll(np.eye(d), 1, axis=0)
    W_xh, b, x = 0.1 * rng.normal(size=(d, n)), np.zeros(d), 0.3 * rng.normal(size=(steps, n))
    h0 = signs[1] * rng.uniform(0.7, 0.95, size=d)
    agree("gradient_norms", *tensors(W_hh, W_xh, b, x, h0))


@points(
    0.5, hint="A unit in saturation blocks what would go on to *earlier* states, not what arrives at its own output."
)
def test_one_saturated_step(agree, rng):
    """One step in saturation cuts off everything before it, and nothing after it."""
    d, n, steps = 4, 2, 6
    W_hh, _, b, x, h0 = (argument.numpy() for argument in network(rng, steps, d, n))
    W_xh = rng.uniform(0.3, 0.6, size=(d, n)) * rng.choice([-1.0, 1.0], size=(d, 1))
    x = 0.5 * x
    x[3] = 30.0
    agree("gradient_norms", *tensors(W_hh, W_xh, b, x, h0))


@points(0.5)
def test_bias_counts(agree, rng):
    """The bias moves the units, and with them every slope that the gradient meets."""
    W_hh, W_xh, _, x, _ = (argument.numpy() for argument in network(rng, steps=5, d=4, n=2))
    b = rng.uniform(0.6, 1.2, size=4) * rng.choice([-1.0, 1.0], size=4)
    agree("gradient_norms", *tensors(W_hh, W_xh, b, 0 * x, np.zeros(4)))


@points(0.5)
def test_start_state_counts(agree, rng):
    """The first step starts from the given state, and its echo changes the later slopes."""
    d, n = 4, 3
    W_hh, W_xh = 0.9 * orthogonal(rng, d), rng.normal(size=(d, n))
    h0 = rng.uniform(0.7, 0.95, size=d) * rng.choice([-1.0, 1.0], size=d)
    agree("gradient_norms", *tensors(W_hh, W_xh, np.zeros(d), np.zeros((4, n)), h0))


@points(0.5)
def test_arguments_stay(agree, rng):
    """The values of the arguments are the same after the call as before."""
    agree("gradient_norms", *network(rng, steps=5, d=3, n=2), keep_arguments="only")


@points(0.5)
def test_each_call_starts_anew(agree, rng):
    """A call leaves nothing behind: asked again, the same question has the same answer."""
    first, second = network(rng, steps=5, d=4, n=3), network(rng, steps=8, d=3, n=2)

    def ask(program):
        before, _, after = (program.gradient_norms(*arguments).numpy() for arguments in (first, second, first))
        return before.shape == after.shape and np.allclose(before, after, equal_nan=True)

    agree(ask)
