r"""Your ReLU keeps a small slope below zero, as the leaky ReLU does. The plain one, $\max(0, z)$, keeps none.

Take $z = -2$. The leaky one puts out $0.01 \cdot (-2) = -0.02$ and has the slope $0.01$. The plain one puts out $0$,
there and all around, so its slope is $0$.

The leak was invented because this zero is so final: through a dead unit no gradient returns. Here you are asked for
the function that has the problem.
"""

import numpy as np


def derivative(name, z):
    if name == "sigmoid":
        small = np.exp(-np.abs(z))
        return small / (1.0 + small) ** 2
    if name == "tanh":
        return 1.0 - np.tanh(z) ** 2
    if name == "relu":
        return np.where(z > 0, 1.0, 0.01)
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
