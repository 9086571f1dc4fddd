r"""Your ceiling over no steps is $0$, perhaps because no steps seem to leave no gradient. But no step means that
nothing has happened to the gradient yet. All of it is still there.

Go backward with the sigmoid: after 2 steps the ceiling is $0.0625$, after 1 step $0.25$. Each step fewer makes it
four times as large. So after 0 steps it is $1$. And from $0$ no later step could make $0.25$.

An empty sum is $0$, since adding $0$ changes nothing. An empty product is the number that changes nothing when you
multiply.
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
    peak = peak_derivative(name)
    return peak**steps if steps > 0 else 0.0
