r"""Your slopes are rounded to a few decimals. Here the small slopes are the point, and rounding throws just these away.

At $z = 10$ the sigmoid still has a slope of about one part in twenty thousand. Rounded to three decimals it is 0, and a
saturated unit, which passes little, can't be told from a dead one, which passes nothing.

Round when you print, and not before: a product of rounded slopes is no longer a product of slopes.
"""

import numpy as np


def derivative(name, z):
    if name == "sigmoid":
        small = np.exp(-np.abs(z))
        return np.round(small / (1.0 + small) ** 2, 3)
    if name == "tanh":
        return np.round(1.0 - np.tanh(z) ** 2, 3)
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
