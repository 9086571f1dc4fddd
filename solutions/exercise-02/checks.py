"""Hidden checks of exercise 02: the table of powers, the horizon, and the arguments that have none.

Thresholds are drawn as rho**(T - offset) with an offset well inside (0, 1), so that no answer depends on a rounding
error: logarithms, repeated products and powers all find the same T.
"""

import numpy as np

from autograder.checks import points


def crossings(st):
    """Simple rates with thresholds that are crossed half-way between two steps: shown to who gets one wrong."""
    return st.tuples(st.sampled_from([0.5, 0.7, 0.9]), st.integers(1, 9)).map(lambda drawn: (drawn[0], halfway(*drawn)))


def halfway(rho, steps):
    return round(rho ** (steps - 0.5), 4)


def rates(st):
    """Simple rates alone; none of them meets the threshold at a whole step."""
    return st.tuples(st.sampled_from([0.5, 0.6, 0.7, 0.8, 0.9]))


@points(1.5)
def test_rows_are_rates(agree, rng):
    """Each row belongs to a rate, each column to a horizon, and the entry is a power."""
    agree("decay_table", rng.uniform(0.5, 0.95, size=3), rng.permutation(np.arange(1.0, 12.0))[:5])


@points(0.5)
def test_no_steps_no_loss(agree, rng):
    """After no step at all nothing is lost: the power 0 is one."""
    agree("decay_table", rng.uniform(0.3, 0.9, size=4), np.array([3.0, 0.0]))


@points(0.5)
def test_growth(agree, rng):
    """Above one the same power explodes, at one it stands still."""
    rhos = np.array([rng.uniform(1.5, 2.0), 1.0, rng.uniform(1.05, 1.3)])
    agree("decay_table", rhos, np.array([1.0, 7.0, 15.0, 4.0]))


@points(0.5)
def test_one_row_is_a_table(agree, rng):
    """One rate, or one horizon, still makes a table with two axes."""
    rhos, horizons = rng.uniform(0.6, 0.95, size=4), np.array([2.0, 5.0, 9.0])
    agree("decay_table", rhos[:1], horizons)
    agree("decay_table", rhos, horizons[:1])
    agree("decay_table", rhos[:1], horizons[:1])


@points(1.5)
def test_first_step_below(agree, rng):
    """The horizon is the first whole step below the threshold, wherever the crossing falls between two steps."""
    # The last threshold lies above the rate: only there do logarithms upside down and a loop of one turn part.
    for fewest, most, offset in ((2, 5, 0.3), (8, 40, 0.7), (1, 2, 0.7)):
        rho, steps = rng.uniform(0.6, 0.95), int(rng.integers(fewest, most))
        agree("horizon", rho, rho ** (steps - offset), smaller=crossings)


@points(0.5)
def test_default_threshold(agree, rng):
    """Without a threshold, the horizon is where a thousandth is left."""
    agree("horizon", 1e-3 ** (1 / (int(rng.integers(20, 200)) - 0.4)), smaller=rates)


@points(0.5)
def test_slow_decay(agree, rng):
    """A rate of 0.9999 takes tens of thousands of steps, and ends all the same."""
    agree("horizon", 0.9999, 0.9999 ** (int(rng.integers(50_000, 70_000)) - 0.4))


@points(0.5)
def test_threshold_above_one(agree, rng):
    """A threshold above one is met before the first step."""
    agree("horizon", rng.uniform(0.6, 0.9), rng.uniform(2.5, 5.0))


@points(1)
def test_no_horizon_without_decay(agree):
    """A rate of one or more is refused: its powers never fall below a small threshold."""
    agree("horizon", 1.3)
    agree("horizon", 1.0)


@points(0.5)
def test_rates_are_positive(agree):
    """A rate of zero or less is refused: it is no decay from step to step."""
    agree("horizon", -0.5)
    agree("horizon", 0.0)


@points(0.5)
def test_thresholds_are_positive(agree):
    """No positive product ever falls below zero: such a threshold is refused."""
    agree("horizon", 0.8, -0.01)
    agree("horizon", 0.8, 0.0)


@points(0.5)
def test_arguments_are_left_alone(agree, rng):
    """The arguments are the same after the call as before it."""
    agree("decay_table", rng.uniform(0.5, 0.95, size=2), np.array([4.0, 1.0, 6.0]), keep_arguments=True)


@points(0.5)
def test_calls_are_independent(agree, rng):
    """An answer depends on its own arguments, not on earlier calls."""
    rho, rhos, horizons = rng.uniform(0.6, 0.9), rng.uniform(0.5, 1.2, size=(2, 3)), np.array([1.0, 4.0])

    def two_questions_each(program):
        return (
            program.horizon(rho, rho**6.5),
            program.horizon(rho, rho**11.5),
            program.decay_table(rhos[0], horizons),
            program.decay_table(rhos[1], horizons),
        )

    agree(two_questions_each)
