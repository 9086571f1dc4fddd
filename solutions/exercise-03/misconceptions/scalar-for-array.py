r"""For the identity you return the plain number $1$, perhaps because its slope doesn't depend on $z$. The value
is right, the shape isn't.

Take $z$ with 3 entries. The caller expects 3 slopes and asks for `slopes[2]`: a number has no entries, and the
program stops. The other three names return an array; a caller can't know which one to expect.

One slope for each entry of `z`, even if all are equal.
"""

import numpy as np


def derivative(name, z):
    if name == "sigmoid":
        small = np.exp(-np.abs(z))
        return small / (1.0 + small) ** 2
    if name == "tanh":
        return 1.0 - np.tanh(z) ** 2
    if name == "relu":
        return np.where(z > 0, 1.0, 0.0)
    if name == "identity":
        return 1.0
    raise ValueError(f"unknown activation: {name!r}")


def peak_derivative(name):
    if name == "sigmoid":
        return 0.25
    if name in ("tanh", "relu", "identity"):
        return 1.0
    raise ValueError(f"unknown activation: {name!r}")


def gradient_ceiling(name, steps):
    return peak_derivative(name) ** steps
