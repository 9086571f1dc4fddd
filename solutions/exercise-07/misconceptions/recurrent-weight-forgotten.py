r"""Your local derivative is the slope of the $\tanh$ alone. Inside the $\tanh$ stands $w h_t$, and its derivative with respect to $h_t$ is $w$: the chain
rule's inner factor.

Take $w = 0.5$ with no input, and states near 0, where $\tanh$ is almost the identity. Then $h_{t+1}$ is half of $h_t$, so one step back is a factor of
$0.5$; yours is $1$. Over 10 steps that is $0.5^{10} = 0.00098$ against $1$: without $w$ nothing could vanish here, or ever explode.

A factor of one step is the slope *and* the weight.
"""

import numpy as np


def trace_gradient(w, u, x, h0=0.0):
    h, state = np.empty(len(x)), h0
    for t in range(len(x)):
        state = np.tanh(w * state + u * x[t])
        h[t] = state
    local = 1 - h**2
    cumulative = np.cumprod(local[::-1])
    return {"h": h, "local": local, "cumulative": cumulative}
