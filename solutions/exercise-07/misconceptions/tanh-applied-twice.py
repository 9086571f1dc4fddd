r"""Here the slope is $1 - \tanh^2(h)$, with the state in the place of $z$. The state is already a $\tanh$, so it is taken twice.

Take a state $h = 0.9$. Its slope is $1 - 0.9^2 = 0.19$. Yours is $1 - \tanh^2(0.9) = 0.487$, more than twice as much: the unit looks less
saturated than it is. Since the inner value never exceeds 1, your slope can't even fall below $1 - \tanh^2(1) = 0.420$, and nothing seems to saturate.

In $\tanh'(z) = 1 - \tanh^2(z)$ the letter is $z$, the value *before* the $\tanh$. What is $\tanh(z)$ called here?
"""

import numpy as np


def trace_gradient(w, u, x, h0=0.0):
    h, state = np.empty(len(x)), h0
    for t in range(len(x)):
        state = np.tanh(w * state + u * x[t])
        h[t] = state
    local = w * (1 - np.tanh(h) ** 2)
    cumulative = np.cumprod(local[::-1])
    return {"h": h, "local": local, "cumulative": cumulative}
