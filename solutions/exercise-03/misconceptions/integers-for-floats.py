r"""Your slopes come in an array of integers, as numpy makes it from `1` and `0`. The contract asks for float64.

The numbers are right, but the type decides what the array can hold. Take your slopes $[1, 0]$ and set the first to
$0.25$: it becomes $0$, without a word, since an integer has no place for a fraction. And `slopes *= 0.5` is refused.

Results are handed on and calculated with. Make them floats from the start: `1.0` isn't the same as `1`.
"""

import numpy as np


def derivative(name, z):
    if name == "sigmoid":
        small = np.exp(-np.abs(z))
        return small / (1.0 + small) ** 2
    if name == "tanh":
        return 1.0 - np.tanh(z) ** 2
    if name == "relu":
        return np.where(z > 0, 1, 0)
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
