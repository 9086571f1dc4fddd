r"""Your peak of the sigmoid is $1$. That is the peak of the tanh, and the top of the sigmoid's own range, but not its
steepest slope. The curve needs a long way to climb from $0$ to $1$.

Measure it at its steepest: from $z = -0.1$ to $z = 0.1$ it rises by $0.04996$, over a distance of $0.2$: a slope of
$0.25$. It is the tanh that reaches $1$.

With a peak of $1$ ten sigmoids could pass a whole gradient. In truth their slopes pass less than a millionth. Weights
near 4 could make up for that, but they tend to drive the units away from $z = 0$: one reason why deep networks of
sigmoids were so hard to train.
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
        return 1.0
    if name in ("tanh", "relu", "identity"):
        return 1.0
    raise ValueError(f"unknown activation: {name!r}")


def gradient_ceiling(name, steps):
    return peak_derivative(name) ** steps
