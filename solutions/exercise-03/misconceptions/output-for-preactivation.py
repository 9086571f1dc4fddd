r"""Here $z$ stands in the rule $a\,(1 - a)$ or $1 - a^2$ in place of $a$. In both, $a$ is the *output* of the
function, $\sigma(z)$ or $\tanh(z)$. Written that way, they need nothing but the output, which a library has kept.

Take $z = 2$ for $a$. The sigmoid's rule then gives $2 \cdot (1 - 2) = -2$ and the tanh's $1 - 4 = -3$. A negative slope would
mean that the curve falls, and neither ever does: the slopes are $0.105$ and $0.071$.

Keep two names apart, one for what goes into the activation and one for what comes out. Which one does your formula
want?
"""

import numpy as np


def derivative(name, z):
    if name == "sigmoid":
        return z * (1.0 - z)
    if name == "tanh":
        return 1.0 - z**2
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
