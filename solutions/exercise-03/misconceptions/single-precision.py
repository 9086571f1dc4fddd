r"""Your slopes have the precision of `float32`, which networks often use. It keeps about seven digits, and the
contract asks for float64.

Take the tanh at $z = 10$. Its slope is $8.2 \cdot 10^{-9}$. Where single precision is used from the start, $\tanh(10)$ rounds
to $1$ exactly, and one minus its square is $0$: a small slope has become none. Such small slopes decide how far a gradient reaches, and
that is what this course is about.

Keep the type that `z` came with.
"""

import numpy as np


def derivative(name, z):
    if name == "sigmoid":
        small = np.exp(-np.abs(z.astype(np.float32)))
        return small / (1 + small) ** 2
    if name == "tanh":
        return 1 - np.tanh(z.astype(np.float32)) ** 2
    if name == "relu":
        return np.where(z > 0, 1.0, 0.0).astype(np.float32)
    if name == "identity":
        return np.ones_like(z, dtype=np.float32)
    raise ValueError(f"unknown activation: {name!r}")


def peak_derivative(name):
    if name == "sigmoid":
        return 0.25
    if name in ("tanh", "relu", "identity"):
        return 1.0
    raise ValueError(f"unknown activation: {name!r}")


def gradient_ceiling(name, steps):
    return peak_derivative(name) ** steps
