r"""An unknown name does stop your program, but with an `AssertionError`, as an `assert` raises it. The contract promises a
`ValueError`.

A caller who wrote `except ValueError` isn't helped. And if it is an `assert`, `python -O` leaves it out, and
`"softplus"` gets through after all. An `assert` is a note to yourself that something *can't* happen, not a test of what
others hand in.

Test the name, and raise the error that was agreed, with a sentence that says what was wrong.
"""

import numpy as np


def derivative(name, z):
    assert name in ("sigmoid", "tanh", "relu", "identity"), f"unknown activation: {name!r}"
    if name == "sigmoid":
        small = np.exp(-np.abs(z))
        return small / (1.0 + small) ** 2
    if name == "tanh":
        return 1.0 - np.tanh(z) ** 2
    if name == "relu":
        return np.where(z > 0, 1.0, 0.0)
    if name == "identity":
        return np.ones_like(z)
    raise AssertionError(name)


def peak_derivative(name):
    assert name in ("sigmoid", "tanh", "relu", "identity"), f"unknown activation: {name!r}"
    return 0.25 if name == "sigmoid" else 1.0


def gradient_ceiling(name, steps):
    return peak_derivative(name) ** steps
