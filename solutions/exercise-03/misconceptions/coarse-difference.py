r"""Your slopes look like those of a difference quotient, which is fine, but with so large a step, or to one side only,
that the error shows.

With a step of $0.01$ to the right, the slope of the tanh at $z = 1$ comes out as the slope at $1.005$, half a step further on:
too small by $0.76\,\%$ of itself.

Take the difference to *both* sides, from $z - s$ to $z + s$: then the error falls with $s^2$, and for $s = 10^{-5}$ it is lost in
the rounding.
"""

import numpy as np


def activation(name, z):
    if name == "sigmoid":
        small = np.exp(-np.abs(z))
        return np.where(z >= 0, 1.0, small) / (1.0 + small)
    if name == "tanh":
        return np.tanh(z)
    if name == "relu":
        return np.maximum(z, 0.0)
    if name == "identity":
        return z
    raise ValueError(f"unknown activation: {name!r}")


def derivative(name, z):
    return (activation(name, z + 0.01) - activation(name, z)) / 0.01


def peak_derivative(name):
    if name == "sigmoid":
        return 0.25
    if name in ("tanh", "relu", "identity"):
        return 1.0
    raise ValueError(f"unknown activation: {name!r}")


def gradient_ceiling(name, steps):
    return peak_derivative(name) ** steps
