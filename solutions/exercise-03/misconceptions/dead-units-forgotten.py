r"""Your ReLU has the slope 1 on both sides. That is right for its right half, where it is the identity; its left
half is flat.

Take $z = -2$: the output is $0$. Move to $z = -1.99$: still $0$. Nothing comes out of the move, so the slope is $0$,
not $1$.

This half matters. A ReLU that is below zero for every input passes no gradient at all, and so can't learn its
way back by itself: it is called dead. Look at the sign of each entry.
"""

import numpy as np


def derivative(name, z):
    if name == "sigmoid":
        small = np.exp(-np.abs(z))
        return small / (1.0 + small) ** 2
    if name == "tanh":
        return 1.0 - np.tanh(z) ** 2
    if name == "relu":
        return np.ones_like(z)
    if name == "identity":
        return np.ones_like(z)
    raise ValueError(f"unknown activation: {name!r}")


def peak_derivative(name):
    if name == "sigmoid":
        return 0.25
    if name in ("tanh", "relu", "identity"):
        return 1.0
    raise ValueError(f"unknown activation: {name!r}")


def gradient_ceiling(name, steps):
    return peak_derivative(name) ** steps
