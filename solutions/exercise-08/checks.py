"""Hidden checks of exercise-08: the states forward, and each gradient of backpropagation through time.

The states that `rnn_backward` is given always come from a real run, and no unit is so saturated that a program by
finite differences couldn't recover that run. Each entry of the answer has a check of its own.
"""

import numpy as np

from autograder.checks import points

TOLERANCE = 1e-7


def weights(rng, size=4, inputs=3):
    """Return W_hh, W_xh and b of a network that is neither dead nor saturated."""
    return (
        0.9 * rng.normal(size=(size, size)) / np.sqrt(size),
        0.7 * rng.normal(size=(size, inputs)),
        0.3 * rng.normal(size=size),
    )


def run(rng, steps, size=4, inputs=3):
    """Return the first four arguments of rnn_backward, of a run with random inputs and a random start."""
    W_hh, W_xh, b = weights(rng, size, inputs)
    x, states = rng.normal(size=(steps, inputs)), [0.8 * rng.normal(size=size)]
    for x_t in x:
        states.append(np.tanh(W_hh @ states[-1] + W_xh @ x_t + b))
    return x, np.array(states), W_hh, W_xh


def entries(*keys):
    """Return a maker of questions for these entries of the gradient; a mistake in another one costs nothing here."""

    def question(*arguments):
        def ask(program):
            gradient = program.rnn_backward(*arguments)
            return {key: gradient.get(key) for key in keys} if isinstance(gradient, dict) else gradient

        return ask

    return question


@points(1.5)
def test_forward_states(agree, rng):
    """Row 0 is the initial state, and every further row follows from the one above it."""
    W_hh, W_xh, b = weights(rng)
    agree("rnn_forward", rng.normal(size=(5, 3)), rng.normal(size=4), W_hh, W_xh, b)
    W_hh, W_xh, b = weights(rng, size=3)  # as many units as inputs: a transposed matrix fits, and is still wrong
    agree("rnn_forward", rng.normal(size=(4, 3)), rng.normal(size=3), W_hh, W_xh, b)


@points(1)
def test_forward_single_step(agree, rng):
    """One step gives two rows: where it started and where it arrived."""
    W_hh, W_xh, b = weights(rng)
    agree("rnn_forward", rng.normal(size=(1, 3)), rng.normal(size=4), W_hh, W_xh, b)


@points(1.5)
def test_recurrent_weights(agree, rng):
    """The recurrent weights act in every step: their gradient is the sum of the shares of all steps."""
    agree(entries("W_hh")(*run(rng, 5), rng.normal(size=(5, 4))), atol=TOLERANCE)


@points(0.5)
def test_input_weights(agree, rng):
    """The input weights get a share from every step, each with the input of that very step."""
    agree(entries("W_xh")(*run(rng, 5), rng.normal(size=(5, 4))), atol=TOLERANCE)
    agree(entries("W_xh")(*run(rng, 4, 3, 3), rng.normal(size=(4, 3))), atol=TOLERANCE)


@points(0.5)
def test_bias(agree, rng):
    """The bias enters every step inside the tanh, and its gradient comes through the tanh too."""
    agree(entries("b")(*run(rng, 5), rng.normal(size=(5, 4))), atol=TOLERANCE)


@points(1.5)
def test_initial_state(agree, rng):
    """The initial state gets what has travelled back through all the steps."""
    agree(entries("h0")(*run(rng, 4), rng.normal(size=(4, 4))), atol=TOLERANCE)


@points(0.5)
def test_loss_at_the_end(agree, rng):
    """A loss on the last state alone still reaches the weights through every earlier step."""
    grad_h = np.zeros((5, 4))
    grad_h[-1] = rng.normal(size=4)
    agree(entries("W_hh", "W_xh")(*run(rng, 5), grad_h), atol=TOLERANCE)


@points(0.5)
def test_loss_in_the_middle(agree, rng):
    """A loss on a state in the middle says nothing about the steps after it."""
    grad_h = np.zeros((6, 4))
    grad_h[2] = rng.normal(size=4)
    agree(entries("W_hh", "W_xh")(*run(rng, 6), grad_h), atol=TOLERANCE)


@points(0.5)
def test_many_steps(agree, rng):
    """Over many steps the gradient is carried, not restarted: every step hands on what it received."""
    steps = 20
    agree(entries("W_hh", "h0")(*run(rng, steps), rng.normal(size=(steps, 4))), atol=TOLERANCE)


@points(0.5)
def test_single_step(agree, rng):
    """With one step, backpropagation through time is plain backpropagation: four entries, nothing carried."""
    agree("rnn_backward", *run(rng, 1), rng.normal(size=(1, 4)), atol=TOLERANCE)


@points(0.5)
def test_arguments_are_left_alone(agree, rng):
    """States, weights and direct gradients belong to the caller: they are the same after the call as before."""
    x, h, W_hh, W_xh = run(rng, 4)
    agree("rnn_forward", x, h[0], W_hh, W_xh, rng.normal(size=4), keep_arguments="only")
    agree("rnn_backward", x, h, W_hh, W_xh, rng.normal(size=(4, 4)), keep_arguments="only")
