r"""Here the slope of $\tanh$ is $1 - h$. The square is missing: $\tanh'(z) = 1 - \tanh^2(z)$.

Try $w = 1$ at the state $h = -0.5$. Your local derivative is $1.5$, but $\tanh$ is nowhere steeper than $1$. With the square it is
$1 - 0.25 = 0.75$, and the same at $h = 0.5$, as it must be: the curve is equally steep on both sides of zero.

Where the state is 0 both formulas give 1, so a quick test at rest doesn't show the difference.
"""

import numpy as np


def trace_gradient(w, u, x, h0=0.0):
    h, state = np.empty(len(x)), h0
    for t in range(len(x)):
        state = np.tanh(w * state + u * x[t])
        h[t] = state
    local = w * (1 - h)
    cumulative = np.cumprod(local[::-1])
    return {"h": h, "local": local, "cumulative": cumulative}
