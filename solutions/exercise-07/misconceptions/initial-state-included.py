r"""Your states begin with $h_0$, which makes $T + 1$ of them. For the computation that is handy, but the exercise asks for the states *after* each step.

Take $T = 1$: there is one step, so `h` has one entry, $h_1$. Yours has two. A reader who pairs `h[t]` with `x[t]` or `local[t]` finds everything shifted by one.

Work with $h_0$ as long as you need it. What do you leave out when you hand the states back?
"""

import numpy as np


def trace_gradient(w, u, x, h0=0.0):
    h, state = np.empty(len(x)), h0
    for t in range(len(x)):
        state = np.tanh(w * state + u * x[t])
        h[t] = state
    local = w * (1 - h**2)
    h = np.concatenate(([h0], h))
    cumulative = np.cumprod(local[::-1])
    return {"h": h, "local": local, "cumulative": cumulative}
