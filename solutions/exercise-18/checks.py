"""Hidden checks of exercise-18: gradients in windows, the shares of the steps, and what a window drops.

The states always come from a real run. Each entry of the gradient can be asked for alone, so that a mistake in another
one costs nothing.
"""

import numpy as np

from autograder.checks import points


def run(rng, steps, size=4, inputs=3):
    """Return x, h and W_hh of a run with random weights, inputs and start."""
    W_hh = 1.1 * rng.normal(size=(size, size)) / np.sqrt(size)
    W_xh, x = 0.6 * rng.normal(size=(size, inputs)), rng.normal(size=(steps, inputs))
    states = [0.8 * rng.normal(size=size)]
    for x_t in x:
        states.append(np.tanh(W_hh @ states[-1] + W_xh @ x_t))
    return x, np.array(states), W_hh


def entries(*keys):
    """Return a maker of questions for these entries of the gradient."""

    def question(*arguments):
        def ask(program):
            gradient = program.truncated_gradient(*arguments)
            return {key: gradient.get(key) for key in keys} if isinstance(gradient, dict) else gradient

        return ask

    return question


@points(1.5)
def test_one_window_for_all(agree, rng):
    """A window that holds all steps drops nothing: the gradient is that of plain backpropagation through time."""
    for steps, window in ((5, 5), (6, 40)):
        x, h, W_hh = run(rng, steps)
        agree("truncated_gradient", x, h, W_hh, rng.normal(size=(steps, 4)), window)


@points(1)
def test_windows_of_one_step(agree, rng):
    """With windows of one step each step learns from its own loss alone, and from the state that it really had."""
    x, h, W_hh = run(rng, 6)
    agree(entries("W_hh")(x, h, W_hh, rng.normal(size=(6, 4)), 1))


@points(
    2,
    hint="Write down for 7 steps and windows of 3 which steps belong together. At which step does the carried gradient stop?",
)
def test_edges_between_windows(agree, rng):
    """Windows are counted from the first step, the last may be shorter, and no gradient crosses an edge."""
    for steps, window in ((8, 3), (8, 4), (9, 2)):
        x, h, W_hh = run(rng, steps)
        agree(entries("W_hh")(x, h, W_hh, rng.normal(size=(steps, 4)), window))


@points(1)
def test_input_weights_and_bias(agree, rng):
    """The gradients of the input weights and of the bias stop at the same edges."""
    x, h, W_hh = run(rng, 7)
    agree(entries("W_xh", "b")(x, h, W_hh, rng.normal(size=(7, 4)), 3))


@points(1.5)
def test_shares_of_the_steps(agree, rng):
    """Each step has a share of the gradient, and the nearest to the loss comes first."""
    for steps in (6, 1):
        _, h, W_hh = run(rng, steps)
        agree("gradient_shares", h, W_hh, rng.normal(size=4))


@points(1)
def test_error_of_a_window(agree, rng):
    """The error compares the length of the dropped sum with that of the whole sum, and is 0 where nothing is dropped."""
    shares = rng.normal(size=(9, 3, 3)) * 0.8 ** np.arange(9)[:, None, None]
    for window in (1, 4, 9, 20):
        agree("truncation_error", shares, window)


@points(0.5)
def test_a_window_has_a_step(agree, rng):
    """A window of less than one step is refused."""
    x, h, W_hh = run(rng, 3)
    for window in (-1, 0):
        agree("truncated_gradient", x, h, W_hh, rng.normal(size=(3, 4)), window)
        agree("truncation_error", rng.normal(size=(4, 2, 2)), window)


@points(0.5)
def test_arguments_are_left_alone(agree, rng):
    """States, weights, gradients and shares belong to the caller: they are the same after the call as before."""
    x, h, W_hh = run(rng, 4)
    agree("truncated_gradient", x, h, W_hh, rng.normal(size=(4, 4)), 2, keep_arguments="only")
    agree("gradient_shares", h, W_hh, rng.normal(size=4), keep_arguments="only")
    agree("truncation_error", rng.normal(size=(5, 2, 2)), 2, keep_arguments="only")
