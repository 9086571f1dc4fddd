r"""Your slopes of the ReLU are truth values, as a comparison such as `z > 0` gives them. They tell where the slope is one, but
as `True` and `False`, and the contract asks for a float64 array.

It looks harmless, since `True` counts as $1$ in a product. But `True + True` of two boolean arrays is `True`, not
$2$, and `-slope` is an error. Slopes get added and subtracted.

Turn the answer to "where?" into numbers, of the type that the contract states.
"""

import numpy as np


def derivative(name, z):
    if name == "sigmoid":
        small = np.exp(-np.abs(z))
        return small / (1.0 + small) ** 2
    if name == "tanh":
        return 1.0 - np.tanh(z) ** 2
    if name == "relu":
        return z > 0
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
