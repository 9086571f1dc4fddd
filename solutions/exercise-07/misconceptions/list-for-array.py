r"""Your numbers come in lists, or in tuples. They print like arrays, but they don't compute like them.

Take `trace["local"]` $= (0.5,\ 0.1)$. As a list, `2 * trace["local"]` is `[0.5, 0.1, 0.5, 0.1]`, twice as long (so is a tuple); as an array it is `[1.0, 0.2]`. And `1 - h**2` raises a `TypeError` on either.

The contract promises three float64 arrays of shape `(T,)`. Collect in lists if you like, and turn each into an array before you
hand it back.
"""

import numpy as np


def trace_gradient(w, u, x, h0=0.0):
    h, state = np.empty(len(x)), h0
    for t in range(len(x)):
        state = np.tanh(w * state + u * x[t])
        h[t] = state
    local = w * (1 - h**2)
    cumulative = np.cumprod(local[::-1])
    return {"h": h.tolist(), "local": local.tolist(), "cumulative": cumulative.tolist()}
