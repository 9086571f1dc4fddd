r"""Your peak is $0.5$, as high as the sigmoid is at its steepest point: $\sigma(0) = 0.5$. But the exercise
asks for the *slope* there.

Measure it: $\sigma(0.1) - \sigma(-0.1) = 0.04996$, over a distance of $0.2$. That is
a slope of $0.25$, half of yours. Over ten steps, half as much at each makes a factor of $1024$.

The peak is the largest value of the *derivative*. You have that function already: where is it largest, and what is it
there?
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
        return 0.5
    if name in ("tanh", "relu", "identity"):
        return 1.0
    raise ValueError(f"unknown activation: {name!r}")


def gradient_ceiling(name, steps):
    return peak_derivative(name) ** steps
