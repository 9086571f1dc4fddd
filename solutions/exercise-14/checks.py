"""Hidden checks of exercise 14: the profiles of three cells, and the one number that sums a profile up.

Parameters are drawn here with numpy in torch's layout. Sequences are short and gains near 1, so that no entry is so
small that two right methods could differ; most checks run in float32, so that a lost dtype costs one check.
"""

import numpy as np

from autograder.checks import Axes, points, tensor

BLOCKS = {"rnn": 1, "gru": 3, "lstm": 4}  # blocks of d rows; r, z, n for the GRU and i, f, g, o for the LSTM


def drawn(rng, kind, d, n):
    """Arrays under torch's names: every weight and both biases matter, no gate is shut."""
    rows = BLOCKS[kind] * d
    return {
        "weight_ih": 0.8 * rng.normal(size=(rows, n)) / np.sqrt(n),
        "weight_hh": rng.normal(size=(rows, d)) / np.sqrt(d),
        "bias_ih": rng.uniform(0.2, 0.8, size=rows) * rng.choice([-1.0, 1.0], size=rows),
        "bias_hh": rng.uniform(0.2, 0.8, size=rows) * rng.choice([-1.0, 1.0], size=rows),
    }


def asked(kind, arrays, x, dtype="float32"):
    """The arguments of gradient_profile."""
    return kind, {name: tensor(array, dtype) for name, array in arrays.items()}, tensor(x, dtype)


PROFILES = Axes(
    "The gradient that reaches the memory at each step: three cells, the same thirty inputs",
    x="$t$",
    y="$\\lVert \\partial L / \\partial m_t \\rVert$",
    first=1,
)


def generic(rng, kind, steps, d, n, dtype="float32"):
    return asked(kind, drawn(rng, kind, d, n), rng.normal(size=(steps, n)), dtype)


@points(0.5)
def test_rnn_profile(agree, rng):
    """The RNN's memory is its hidden state: one norm per step, the earliest step first."""
    agree("gradient_profile", *generic(rng, "rnn", steps=6, d=5, n=3))
    agree("gradient_profile", *generic(rng, "rnn", steps=4, d=2, n=6))


@points(
    1.5,
    hint="Write down torch's formulas for the GRU before you compare: which state does $z = 1$ keep, and what does $r$ scale?",
)
def test_gru_profile(agree, rng):
    """The GRU's memory is its hidden state, under torch's own gates."""
    agree("gradient_profile", *generic(rng, "gru", steps=6, d=5, n=3))
    agree("gradient_profile", *generic(rng, "gru", steps=4, d=2, n=6))


@points(0.5)
def test_gru_that_keeps(agree, rng):
    """A GRU whose update gate keeps the old state passes the gradient back almost whole, and one that overwrites it needn't."""
    d, n = 4, 3
    for bias in (6.0, -6.0):
        arrays = drawn(rng, "gru", d, n)
        arrays["bias_ih"][d : 2 * d] = bias
        agree("gradient_profile", *asked("gru", arrays, 0.5 * rng.normal(size=(5, n))))


@points(
    1.5,
    hint="An LSTM has two states. Which of them carries the memory, and along which two ways does it act on the loss?",
)
def test_lstm_profile(agree, rng):
    """The LSTM's memory is its cell, and the gradient that reaches it counts every path, through the gates too."""
    agree("gradient_profile", *generic(rng, "lstm", steps=6, d=5, n=3))
    agree("gradient_profile", *generic(rng, "lstm", steps=4, d=2, n=6))


@points(0.5)
def test_lstm_without_recurrent_weights(agree, rng):
    """With no recurrent weights the only way back through an LSTM is the product of its forget gates."""
    arrays = drawn(rng, "lstm", 4, 3)
    arrays["weight_hh"] = np.zeros((16, 4))
    agree("gradient_profile", *asked("lstm", arrays, rng.normal(size=(6, 3))))


@points(
    0.5,
    hint="The figure in the report has a curve of yours and a right one for each cell. Which of them part, and where?",
)
def test_side_by_side(agree, rng):
    """Side by side over thirty steps: the RNN's gradient vanishes, and cells whose gates keep still have theirs."""
    d, n = 4, 3
    cells = {kind: drawn(rng, kind, d, n) for kind in BLOCKS}
    for kind, arrays in cells.items():
        arrays["weight_hh"] *= 0.9 / np.linalg.norm(arrays["weight_hh"], 2) if kind == "rnn" else 0.3
        arrays["bias_ih"][d : 2 * d] = 3.0  # the gate that keeps, z or f; the RNN has no second block
        arrays["bias_hh"] *= 0.3
    cells["rnn"]["bias_ih"] *= 0.3
    x = 0.5 * rng.normal(size=(30, n))

    def ask(program):
        names = {"rnn": "RNN", "gru": "GRU", "lstm": "LSTM"}
        return {names[kind]: program.gradient_profile(*asked(kind, cells[kind], x)) for kind in BLOCKS}

    agree(ask, figure=PROFILES)


@points(0.5)
def test_one_step(agree, rng):
    """With one step the profile is the loss's own gradient: ones at $h$, and the output gate times the slope of tanh at $c$."""
    for kind in BLOCKS:
        agree("gradient_profile", *generic(rng, kind, steps=1, d=4, n=2))


@points(0.5, hint="A fresh cell is float32. What dtype do its answers have when `x` is float64?")
def test_double_precision(agree, rng):
    """float64 in, float64 out, with the precision of float64."""
    for kind in BLOCKS:
        agree("gradient_profile", *generic(rng, kind, steps=5, d=3, n=4, dtype="float64"), atol=1e-8)


@points(0.5)
def test_arguments_stay(agree, rng):
    """The parameters, the sequence and the profile are the same after the measurement as before."""
    for kind in BLOCKS:
        agree("gradient_profile", *generic(rng, kind, steps=3, d=3, n=2), keep_arguments="only")
    profile = tensor(rng.uniform(0.1, 2.0, size=5))
    agree("decades_per_step", profile, keep_arguments="only")


@points(
    0.5,
    hint="Which end of the profile is larger where the gradient vanishes on its way back, and what sign has a line that rises?",
)
def test_sign_of_the_slope(agree, rng):
    """A straight line has one slope: above 0 where the gradient vanishes, below 0 where it explodes."""
    for slope in (0.3, -0.2):
        t = np.arange(8)
        agree("decades_per_step", tensor(10.0 ** (slope * t - 1.5 + rng.uniform())))
    agree("decades_per_step", tensor(np.full(5, rng.uniform(2.0, 3.0))))


@points(1.5, hint="Two profiles with the same first and last entry can have different slopes.")
def test_every_entry_counts(agree, rng):
    """A bumpy profile gets the slope of the line that fits all its entries best."""
    for steps in (2, 7, 12):
        bumps = rng.normal(size=steps)
        agree("decades_per_step", tensor(10.0 ** (0.2 * np.arange(steps) + bumps)))
    for inner in ([3.0, 0.5], [0.5, 3.0]):
        agree("decades_per_step", tensor([0.02, *inner, 5.0]))


@points(0.5)
def test_single_precision_profile(agree, rng):
    """A profile measured in float32 is summed up as well as one in float64."""
    agree("decades_per_step", tensor(10.0 ** rng.uniform(-2.0, 0.0, size=9), "float32"), rtol=1e-4, atol=1e-5)
