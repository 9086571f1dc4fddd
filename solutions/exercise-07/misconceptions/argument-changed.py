r"""The *caller's* array changes here. Perhaps `x *= u` prepares the inputs: `x` in your function and `x` outside are one and the
same array.

Take $u = 2$ and $x = (1,)$. After `x *= u` the caller's array holds $2$, and a second call with the same `x` works with $4$ where they meant $2$: another answer.

`x = x * u` makes a new array and gives it a name of your own; `x *= u` changes the one that is there.
"""

import numpy as np


def trace_gradient(w, u, x, h0=0.0):
    x *= u
    h, state = np.empty(len(x)), h0
    for t in range(len(x)):
        state = np.tanh(w * state + x[t])
        h[t] = state
    local = w * (1 - h**2)
    cumulative = np.cumprod(local[::-1])
    return {"h": h, "local": local, "cumulative": cumulative}
