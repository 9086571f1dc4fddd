"""Hidden checks of exercise 05: the order and the ends of a product of Jacobians, and the parts of the bound.

Products are kept near one in size, far above the absolute tolerance, so that any order of multiplying gives the same
digits. Every check has its own hidden size, so that what a program remembers by size shows only where it is asked for.
"""

import numpy as np

from autograder.checks import points


def generic(rng, steps, d):
    """Jacobians that don't commute, aren't symmetric and neither vanish nor explode: each shrinks and mixes."""
    return 0.3 * np.eye(d) + rng.uniform(-1, 1, size=(steps, d, d)) * 1.5 / np.sqrt(d)


def nearly_orthogonal(rng, steps, d):
    """Jacobians whose product keeps its size over many steps."""
    return 0.98 * np.linalg.qr(rng.normal(size=(steps, d, d)))[0]


def weights(rng, d):
    """A matrix of norm 1.4 to 1.8 with all singular values apart, and none of its other norms near that."""
    left, right = np.linalg.qr(rng.normal(size=(2, d, d)))[0]
    return rng.uniform(1.4, 1.8) * left @ np.diag(np.linspace(1.0, 0.3, d)) @ right


@points(1.5)
def test_newest_on_the_left(agree, rng):
    """The newest Jacobian stands on the left: the past enters from the right."""
    agree("jacobian_product", generic(rng, 2, 10))
    agree("jacobian_product", generic(rng, 5, 3))


@points(0.5)
def test_one_step(agree, rng):
    """Over one step the product is that one Jacobian."""
    agree("jacobian_product", generic(rng, 1, 4))


@points(1)
def test_no_step(agree):
    """Over no step at all the state depends on itself: the identity."""
    agree("jacobian_product", np.zeros((0, 5, 5)))


@points(0.5)
def test_wide_state(agree, rng):
    """The result is as wide as the state, however short the sequence."""
    agree("jacobian_product", generic(rng, 3, 6))


@points(0.5)
def test_long_sequence(agree, rng):
    """Sixty steps are sixty factors, none left out."""
    agree("jacobian_product", nearly_orthogonal(rng, 60, 7))


@points(1)
def test_largest_singular_value(agree, rng):
    """The norm that bounds one step is the largest singular value."""
    agree("norm_bound", weights(rng, 4), 1)


@points(1)
def test_a_factor_for_each_step(agree, rng):
    """Each step multiplies the bound by the norm once more."""
    agree("norm_bound", weights(rng, 3), 4)
    agree("norm_bound", 0.5 * weights(rng, 3), 3)
    agree("norm_bound", 2.0 * weights(rng, 3), 60)


@points(0.5)
def test_passing_growth_counts(agree, rng):
    """A matrix whose square shrinks can stretch in one step: the bound uses the norm of one step."""
    stretch = rng.uniform(2.0, 4.0)
    agree("norm_bound", np.array([[0.6, stretch], [0.0, -0.6]]), 3)


@points(1)
def test_slope_at_each_step(agree, rng):
    """The slope shrinks the bound at every step, not just once."""
    agree("norm_bound", weights(rng, 6), 3, rng.uniform(0.3, 0.7))


@points(0.5)
def test_no_step_no_bound(agree, rng):
    """Over no step nothing shrinks: the bound is one."""
    W = weights(rng, 5)

    def without_and_with_a_slope(program):
        return program.norm_bound(W, 0), program.norm_bound(W, 0, 0.25)

    agree(without_and_with_a_slope)


@points(0.5)
def test_arguments_are_left_alone(agree, rng):
    """The arguments are the same after the call as before it."""
    agree("jacobian_product", generic(rng, 3, 8), keep_arguments="only")
    agree("norm_bound", weights(rng, 8), 2, 0.5, keep_arguments="only")


@points(0.5)
def test_calls_are_independent(agree, rng):
    """An answer depends on its own arguments, not on earlier calls."""
    first, second = generic(rng, 4, 9), generic(rng, 4, 9)
    W, V = weights(rng, 9), 0.7 * weights(rng, 9)

    def two_questions_each(program):
        products = program.jacobian_product(first), program.jacobian_product(second)
        return products, program.norm_bound(W, 2), program.norm_bound(V, 2)

    agree(two_questions_each)
