r"""Your ceiling is the peak times the number of steps. But the steps come one *after* another, and each takes its
share of what the one before has passed.

Take the sigmoid and 3 steps. The first passes at most $0.25$, the second a quarter of that, $0.0625$, the third
a quarter of that again, $0.0156$. Your ceiling is $0.25 \cdot 3 = 0.75$, and with 8 steps it would be $2$: more than
came in.

Going on step by step, you multiply by the same number each time. What is that called?
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
        return 0.25
    if name in ("tanh", "relu", "identity"):
        return 1.0
    raise ValueError(f"unknown activation: {name!r}")


def gradient_ceiling(name, steps):
    return peak_derivative(name) * steps
