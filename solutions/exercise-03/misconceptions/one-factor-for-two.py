r"""Your slope of the sigmoid is $1 - \sigma$, only one of its two factors. Each factor is small at one end alone; it
takes both to make the slope vanish at both.

Take $z = 0$: one factor is $0.5$, so yours is twice the right $0.5 \cdot 0.5 = 0.25$. Then go far out to $z = -1000$
and $z = 1000$. The curve is flat on both sides, yet $1 - \sigma$ is $1$ on the left, and $\sigma$ is $1$ on the
right.

Test a slope at three places: far left, in the middle, far right.
"""

import numpy as np


def derivative(name, z):
    if name == "sigmoid":
        s = 0.5 * (1.0 + np.tanh(0.5 * z))
        return 1.0 - s
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
    return peak_derivative(name) ** steps
