"""Hidden checks of exercise 03: four slopes, what becomes of them far from zero, their peaks and the ceiling.

No entry of z lies near 0 where `relu` is asked, and saturated slopes are compared to 1e-7, so that a central difference
is as good an answer as a formula. Ceilings stay far above the absolute tolerance.
"""

import numpy as np

from autograder.checks import points

NAMES = ("sigmoid", "tanh", "relu", "identity")
STRANGERS = ("softplus", "leaky_relu")


def off_zero(rng, *shape):
    """Numbers of either sign, none nearer to 0 than 0.1."""
    return rng.choice([-1.0, 1.0], size=shape) * rng.uniform(0.1, 4.0, size=shape)


def one_entry_of(name):
    """One whole number as z: the simplest that goes wrong is shown."""
    return lambda st: st.tuples(st.just(name), st.integers(-4, 4).filter(bool).map(lambda z: np.array([float(z)])))


@points(1)
def test_sigmoid(agree, rng):
    """The slope of the sigmoid falls off to both sides of zero."""
    agree("derivative", "sigmoid", np.append(off_zero(rng, 8), 0.0), smaller=one_entry_of("sigmoid"))


@points(1)
def test_tanh(agree, rng):
    """The slope of the tanh falls off to both sides of zero, from a peak four times as high."""
    agree("derivative", "tanh", np.append(off_zero(rng, 8), 0.0), smaller=one_entry_of("tanh"))


@points(0.5)
def test_relu(agree, rng):
    """A ReLU passes everything above zero and nothing below."""
    agree("derivative", "relu", np.concatenate(([0.2, -0.2], off_zero(rng, 8))))
    agree("derivative", "relu", np.concatenate(([-0.2, 0.2], off_zero(rng, 8))))  # what is kept by shape shows here


@points(0.5)
def test_identity(agree, rng):
    """The identity has slope one at every entry, at zero too."""
    agree("derivative", "identity", rng.permutation(np.append(off_zero(rng, 6), 0.0)))


@points(0.5)
def test_shape_is_kept(agree, rng):
    """One slope for each entry of $z$: the shape is kept, with two axes or three."""
    tables = off_zero(rng, 3, 4), off_zero(rng, 2, 3, 5)

    def shapes(program):
        return {f"{name}, {z.shape}": np.shape(program.derivative(name, z)) for name in NAMES for z in tables}

    def entries_in_place(program):
        rows = [(program.derivative(name, z), program.derivative(name, z.ravel())) for name in NAMES for z in tables]
        return [bool(np.allclose(np.ravel(table), row)) for table, row in rows]

    agree(shapes, because="These are the shapes, by name and by the shape of z.")
    agree(entries_in_place, because="The question is whether each entry has the slope that it has in a plain row.")


@points(1)
def test_saturated_sigmoid(agree, rng):
    """Deep in saturation, on either side, the slope of the sigmoid is as good as zero, and not NaN."""
    agree("derivative", "sigmoid", np.array([-1000.0, -30.0, rng.uniform(-3, 3), 30.0, 1000.0]), atol=1e-7)
    agree("derivative", "sigmoid", rng.uniform(400, 1000, size=(3, 2)) * np.array([-1.0, 1.0]), atol=1e-7)


@points(0.5)
def test_saturated_tanh(agree, rng):
    """Deep in saturation, on either side, the slope of the tanh is as good as zero, and not NaN."""
    agree("derivative", "tanh", np.array([-1000.0, -30.0, rng.uniform(-2, 2), 30.0, 1000.0]), atol=1e-7)


@points(0.5)
def test_nothing_overflows(agree, rng):
    """A formula that stays in range gets there without an overflow on the way."""
    z = np.array([-1000.0, -800.0, rng.uniform(-3, -1), rng.uniform(1, 3), 800.0, 1000.0])

    def slopes_are_numbers(program):
        return [bool(np.isfinite(np.asarray(program.derivative(name, z), dtype=float)).all()) for name in NAMES]

    agree(slopes_are_numbers, quiet=True)


@points(0.5)
def test_no_saturation(agree, rng):
    """ReLU and identity never saturate upward: at a thousand the slope is still one."""
    z = np.array([1000.0, rng.uniform(200, 900), -1000.0])
    agree("derivative", "relu", z)
    agree("derivative", "identity", z)


@points(1)
def test_peaks(agree):
    """The steepest sigmoid slope is a quarter, the other three reach one."""
    for name in NAMES:
        agree("peak_derivative", name)


@points(0.5)
def test_ceiling(agree, rng):
    """The ceiling is one peak for each step, multiplied."""
    for name in NAMES:
        agree("gradient_ceiling", name, int(rng.integers(4, 10)))


@points(0.5)
def test_no_steps_no_ceiling(agree):
    """Without a step nothing shrinks: the ceiling is one."""

    def without_steps_and_with_two(program):
        return [program.gradient_ceiling(name, 0) for name in NAMES] + [program.gradient_ceiling("relu", 2)]

    agree(without_steps_and_with_two)


@points(0.5)
def test_unknown_names(agree, rng):
    """A name that is none of the four is refused, in each function."""
    z = off_zero(rng, 4)
    for name in STRANGERS:
        agree("derivative", name, z)
        agree("peak_derivative", name)
        agree("gradient_ceiling", name, 3)


@points(0.5)
def test_arguments_are_left_alone(agree, rng):
    """The argument `z` is the same after the call as before it."""
    z = off_zero(rng, 5)
    for name in NAMES:
        agree("derivative", name, z, keep_arguments="only")
