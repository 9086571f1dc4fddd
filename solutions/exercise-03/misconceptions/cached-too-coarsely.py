r"""The second question of the same shape gets the answer to the first here. Perhaps slopes are kept for later, but under the
name and the shape alone; they depend on the numbers in $z$ as well.

Ask for the slope of the tanh at $z = (0)$: it is 1. Then at $z = (1000)$: it is 0, but your program says 1 again.

An answer may be kept under *everything* that it depends on, or not at all.
"""

import numpy as np


_known = {}


def derivative(name, z):
    if (name, z.shape) not in _known:
        _known[name, z.shape] = _derivative(name, z)
    return _known[name, z.shape].copy()


def _derivative(name, z):
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
    return peak_derivative(name) ** steps
