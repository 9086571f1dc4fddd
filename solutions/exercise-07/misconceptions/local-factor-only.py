r"""Your `cumulative` is `local` turned round. Each entry then crosses one step only, where entry $k$ must cross $k + 1$ of them.

Take `local` $= (0.5,\ 0.1)$. From $h_2$ back to $h_0$ you pass the last step, $0.1$, *and* the first, $0.5$: that makes $0.05$. Yours is $0.5$, as if $h_1$ were the end.

Entry 0 is right, since it crosses just one step. Every further entry is the one before it, times one more factor.
"""

import numpy as np


def trace_gradient(w, u, x, h0=0.0):
    h, state = np.empty(len(x)), h0
    for t in range(len(x)):
        state = np.tanh(w * state + u * x[t])
        h[t] = state
    local = w * (1 - h**2)
    cumulative = local[::-1].copy()
    return {"h": h, "local": local, "cumulative": cumulative}
