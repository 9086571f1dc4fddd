r"""Your peak is a little too low, as if it were sought on a grid of points. The steepest point lies between two of
them.

The sigmoid is steepest at exactly $z = 0$. A grid of an even number of points from $-5$ to $5$ has none there: the nearest ones
are a little to the left and right, where the slope is a little less than a quarter. Raised to a power, "a little less" grows.

You can read two of the four peaks off the formula; the slopes of the other two are constant above zero.
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
        return np.ones_like(z)
    raise ValueError(f"unknown activation: {name!r}")


def peak_derivative(name):
    return float(np.max(derivative(name, np.linspace(-5.0, 5.0, 100))))


def gradient_ceiling(name, steps):
    return peak_derivative(name) ** steps
