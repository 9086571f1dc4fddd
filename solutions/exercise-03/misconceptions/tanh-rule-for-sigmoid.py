r"""Your slope of the sigmoid follows the rule of the tanh, one minus the square of the output. That rule belongs to
the tanh alone.

Take $z = 0$, where $\sigma = 0.5$. Yours is $1 - 0.5^2 = 0.75$. Measure it: $\sigma(0.1) = 0.525$, so a move of $0.1$
raises the output by $0.025$. That is a slope of $0.25$.

And far to the left, where $\sigma$ is $0$ and the curve is flat, yours is $1$. The slope must vanish at *both* ends,
where the output is near $0$ and where it is near $1$.
"""

import numpy as np


def derivative(name, z):
    if name == "sigmoid":
        s = 0.5 * (1.0 + np.tanh(0.5 * z))
        return 1.0 - s**2
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
