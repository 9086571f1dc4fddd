r"""Your values are right, but numpy warned on the way. Most often an exponential has overflowed to infinity, and by luck it did no harm:
one over infinity is the $0$ that is needed, or `np.where`, which computes both of its branches, threw the bad one away.

Take $1 / (1 + e^{-z})$ at $z = -1000$. The exponent is $+1000$, and a float64 holds nothing beyond
$1.8 \cdot 10^{308}$, which $e^{710}$ exceeds. The same happens in $\cosh(1000)$. One rearrangement more, and infinity
meets infinity: NaN.

A warning that does no harm also hides the one that matters. An exponential of a number that is never positive stays
between $0$ and $1$. Can you write the slope with no other kind? Both curves have the same slope at $z$ and at $-z$.
"""

import numpy as np


def derivative(name, z):
    if name == "sigmoid":
        s = 1.0 / (1.0 + np.exp(-z))
        return s * (1.0 - s)
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
