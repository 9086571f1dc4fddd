r"""Your derivatives look like difference quotients, which is fine, but with so large a step, or to one side only, that the error shows.

Take $w = 1$ and no input. At $h = 0.5$ a step of $0.01$ to the right measures the slope half a step further on, and finds $0.783$ for $0.786$. Over $T$ steps
such errors are multiplied along with the factors.

Take the difference to *both* sides, from $h - s$ to $h + s$: then the error falls with $s^2$, and for $s = 10^{-5}$ it is lost in the rounding.
"""

import numpy as np


def trace_gradient(w, u, x, h0=0.0):
    h, local = np.zeros(len(x)), np.zeros(len(x))
    state = h0
    for t in range(len(x)):
        nudged = np.tanh(w * (state + 0.01) + u * x[t])
        state = np.tanh(w * state + u * x[t])
        h[t] = state
        local[t] = (nudged - state) / 0.01
    return {"h": h, "local": local, "cumulative": np.cumprod(local[::-1])}
