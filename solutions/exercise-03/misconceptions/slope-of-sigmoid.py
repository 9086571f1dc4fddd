r"""Your slope of the tanh is $a\,(1 - a)$, with $a = \tanh(z)$. That is the rule of the sigmoid, whose values run from
0 to 1. The tanh runs from $-1$ to 1.

At $z = 0$ the tanh is 0, and your slope is 0, too. But there the curve is at its steepest: from $-0.1$ to $0.1$ it climbs by
nearly $0.2$, a slope of about 1. And at $z = -1$ your slope is negative, as if the curve fell.

Each activation has a rule of its own.
"""

import numpy as np


def derivative(name, z):
    if name == "sigmoid":
        small = np.exp(-np.abs(z))
        return small / (1.0 + small) ** 2
    if name == "tanh":
        return np.tanh(z) * (1.0 - np.tanh(z))
    if name == "relu":
        return np.where(z > 0, 1.0, 0.0)
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
