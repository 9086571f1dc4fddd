r"""Here the sum goes through a sigmoid. This network has a $\tanh$.

Take $w = 0$ and $u = 0$: the sum is 0 at every step. The $\tanh$ of 0 is 0, so the states are all 0; yours are all one half. A sigmoid has no negative
values, so that a state could never change its sign.

Which function does the formula of $h_t$ name?
"""

import numpy as np


def trace_gradient(w, u, x, h0=0.0):
    h = np.zeros(len(x))
    state = h0
    for t in range(len(x)):
        state = 1 / (1 + np.exp(-(w * state + u * x[t])))
        h[t] = state
    local = w * (1 - h**2)
    cumulative = np.cumprod(local[::-1])
    return {"h": h, "local": local, "cumulative": cumulative}
