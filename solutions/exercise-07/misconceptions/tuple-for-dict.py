r"""Your three arrays come as a tuple or a list, in the order in which they are written down. The contract asks for a dict, so that each can be asked for by its name.

A caller writes `trace["local"]`. Neither a tuple nor a list answers to a name: the caller's line stops with a `TypeError`; and who would know that 1 means "local"?

The three names belong to the answer.
"""

import numpy as np


def trace_gradient(w, u, x, h0=0.0):
    h = np.zeros(len(x))
    state = h0
    for t in range(len(x)):
        state = np.tanh(w * state + u * x[t])
        h[t] = state
    local = w * (1 - h**2)
    cumulative = np.cumprod(local[::-1])
    return h, local, cumulative
