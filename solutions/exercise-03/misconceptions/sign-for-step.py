r"""Your slope of the ReLU is the sign of $z$. It is right above zero, but below it says $-1$. That is the slope of
$|z|$, which falls on the left.

Take $z = -2$. A slope of $-1$ would mean that the ReLU gets smaller when $z$ grows. It is $0$ at $z = -2$ and $0$ at
$z = -1.99$: it doesn't move at all.

A gradient that meets a ReLU below zero is stopped. It isn't turned around.
"""

import numpy as np


def derivative(name, z):
    if name == "sigmoid":
        small = np.exp(-np.abs(z))
        return small / (1.0 + small) ** 2
    if name == "tanh":
        return 1.0 - np.tanh(z) ** 2
    if name == "relu":
        return np.sign(z)
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
