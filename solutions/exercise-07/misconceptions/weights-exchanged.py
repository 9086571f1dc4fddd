r"""The two weights have changed places: yours multiplies the old state by $u$ and the input by $w$.

Take $w = 0$, $u = 1$ and two inputs of 0, with $h_0 = 0.5$. Nothing is carried over, so both states are 0. Yours carries the old state on with the weight
1.

The contract's order is `(w, u, x, h0)`, and $w$ belongs to the state. A call without names relies on that order alone.
"""

import numpy as np


def trace_gradient(u, w, x, h0=0.0):
    h = np.zeros(len(x))
    state = h0
    for t in range(len(x)):
        state = np.tanh(w * state + u * x[t])
        h[t] = state
    local = w * (1 - h**2)
    cumulative = np.cumprod(local[::-1])
    return {"h": h, "local": local, "cumulative": cumulative}
