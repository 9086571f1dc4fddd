r"""Your ceiling is computed with the peak of the sigmoid, whatever the name says. Only the sigmoid has a peak of a
quarter.

Ask for `relu` and 5 steps. Each ReLU that is on passes the gradient whole, so five of them can pass $1^5 = 1$. You
say $0.25^5 = 0.00098$.

That difference is one reason to choose one activation over another. Let the peak depend on `name`.
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
    if name == "sigmoid":
        return 0.25
    if name in ("tanh", "relu", "identity"):
        return 1.0
    raise ValueError(f"unknown activation: {name!r}")


def gradient_ceiling(name, steps):
    peak_derivative(name)  # refuses what it doesn't know
    return 0.25**steps
