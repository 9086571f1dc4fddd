r"""Your states stand one step too early, as if each were stored before it is updated: `h[0]` is $h_0$, and $h_T$ is missing.

Take $T = 1$, $w = 1$, $u = 0$, $h_0 = 0.5$. The one entry asked for is $h_1 = \tanh(0.5) = 0.462$; yours is $0.5$, the value that the caller passed in. The slopes are then taken at the
wrong states as well.

`h[t]` is the state *after* step $t + 1$, the one that has already seen `x[t]`.
"""

import numpy as np


def trace_gradient(w, u, x, h0=0.0):
    h, state = np.empty(len(x)), h0
    for t in range(len(x)):
        h[t] = state
        state = np.tanh(w * state + u * x[t])
    local = w * (1 - h**2)
    cumulative = np.cumprod(local[::-1])
    return {"h": h, "local": local, "cumulative": cumulative}
