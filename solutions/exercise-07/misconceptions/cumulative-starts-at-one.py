r"""Your running product starts with $1$, before any factor. That 1 is $\partial h_T / \partial h_T$, no step back at all, and it isn't asked for.

Take $T = 1$. There is one entry, `cumulative[0]` $= \partial h_1 / \partial h_0$, which is the one local derivative. Yours says $1$ whatever the weight. In longer
sequences everything stands one place too late, and the product that reaches $h_0$ is lost, or makes the array one entry too long.

Put $k = 0$ into $\partial h_T / \partial h_{T-1-k}$: how many steps lie between the two states?
"""

import numpy as np


def trace_gradient(w, u, x, h0=0.0):
    h, state = np.empty(len(x)), h0
    for t in range(len(x)):
        state = np.tanh(w * state + u * x[t])
        h[t] = state
    local = w * (1 - h**2)
    cumulative = np.concatenate(([1.0], np.cumprod(local[::-1])[:-1]))
    return {"h": h, "local": local, "cumulative": cumulative}
