"""Hidden checks of exercise-07: the states of a one-unit network, its local derivatives and their products.

Derivatives are compared with an absolute tolerance that a central difference meets, and no product grows so large that
its truncation error would show.
"""

import numpy as np

from autograder.checks import points

TOLERANCE = 1e-7


def entry(key, *arguments, **options):
    """Return the question for one entry of the answer, so that a mistake in another entry costs nothing here.

    A list of numbers counts as an array here; that the entries are arrays is asked once, in test_single_step.
    """

    def ask(program):
        trace = program.trace_gradient(*arguments, **options)
        value = trace.get(key) if isinstance(trace, dict) else trace
        numbers = isinstance(value, list) and all(isinstance(number, float) for number in value)
        return np.array(value) if numbers else value

    return ask


def network(rng, steps):
    """Return weights and inputs that neither saturate every step nor leave every step linear."""
    return rng.uniform(0.7, 1.3), rng.uniform(0.5, 0.9), rng.normal(size=steps)


@points(1.5)
def test_states(agree, rng):
    """The states start from h0, and w multiplies the old state only, u the input only."""
    w, u, x = network(rng, 6)
    agree(entry("h", w, u, x, rng.uniform(0.4, 0.9)), atol=TOLERANCE)
    agree(entry("h", -w, u, x, h0=-rng.uniform(0.4, 0.9)), atol=TOLERANCE)


@points(1)
def test_start_at_zero(agree, rng):
    """Without h0 the network starts from zero."""
    w, u, x = network(rng, 4)
    agree(entry("h", w, u, x), atol=TOLERANCE)
    agree(entry("local", w, u, x), atol=TOLERANCE)


@points(1.5)
def test_local_derivatives(agree, rng):
    """One step back is the weight times the slope of tanh at the new state."""
    w, u, x = network(rng, 6)
    agree(entry("local", w, u, x, rng.uniform(0.4, 0.9)), atol=TOLERANCE)


@points(1.5)
def test_products_backward(agree, rng):
    """The products gain one factor for each step, from the last step backward."""
    w, u, x = network(rng, 5)
    agree(entry("cumulative", w, u, x, rng.uniform(0.4, 0.9)), atol=TOLERANCE)


@points(1)
def test_negative_weight(agree, rng):
    """A negative weight flips the sign of the gradient at every step."""
    w, u, x = network(rng, 5)
    agree(entry("local", -w, u, x, 0.6), atol=TOLERANCE)
    agree(entry("cumulative", -w, u, x, rng.uniform(0.4, 0.9)), atol=TOLERANCE)


@points(1)
def test_one_saturated_step(agree, rng):
    """One saturated step is a small factor in every product that crosses it, and in no other."""
    w, u, x = network(rng, 6)
    x[3] = rng.choice([-1.0, 1.0]) * (3.0 + abs(w)) / u
    agree(entry("cumulative", w, u, x, 0.3), atol=TOLERANCE)


@points(0.5)
def test_growth_near_zero(agree, rng):
    """Near zero the slope is almost 1: with a weight above one the product grows."""
    x = rng.uniform(-0.02, 0.02, size=5)
    agree(entry("cumulative", rng.uniform(1.5, 1.8), 0.5, x, 0.01), atol=TOLERANCE)


@points(0.5)
def test_single_step(agree, rng):
    """One step gives three arrays of length one, under exactly three keys."""
    w, u, x = network(rng, 1)
    agree("trace_gradient", w, u, x, rng.uniform(0.4, 0.9), atol=TOLERANCE)


@points(0.5)
def test_input_is_left_alone(agree, rng):
    """The sequence is the caller's: it is the same after the call as before."""
    w, u, x = network(rng, 4)
    agree("trace_gradient", w, u, x, 0.5, keep_arguments="only")
