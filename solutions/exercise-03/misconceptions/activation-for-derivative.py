r"""For the sigmoid at least, what comes out is the value of the function, its *height*. The exercise asks for its slope: how
much the output moves when $z$ moves a little.

Take the sigmoid far to the right, say at $z = 30$: its height is nearly $1$, but it is flat there, so its slope is nearly $0$.
Or take the identity at $z = 3$. Its height is $3$; but move $z$ by $0.01$ and the output moves by $0.01$, so its slope is $1$.

What flows back through an activation is multiplied by its slope, not by its height. The table of the statement has a column
for each.
"""

import numpy as np


def derivative(name, z):
    if name == "sigmoid":
        return 0.5 * (1.0 + np.tanh(0.5 * z))
    if name == "tanh":
        return np.tanh(z)
    if name == "relu":
        return np.maximum(z, 0.0)
    if name == "identity":
        return z.copy()
    raise ValueError(f"unknown activation: {name!r}")


def peak_derivative(name):
    if name == "sigmoid":
        return 0.25
    if name in ("tanh", "relu", "identity"):
        return 1.0
    raise ValueError(f"unknown activation: {name!r}")


def gradient_ceiling(name, steps):
    return peak_derivative(name) ** steps
