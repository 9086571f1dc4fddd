r"""Here the slope is taken at $h_t$, the state with respect to which one differentiates. But $\tanh$ is applied *after* weight and input, so its slope is taken
at $z = w h_t + u x_{t+1}$, and $\tanh(z)$ is the new state $h_{t+1}$.

Take $w = 1$, $u = 1$, $h_0 = 0$, $x_1 = 2$. The old state is 0, where the slope would be a full $1$. But this input drives the unit to $h_1 = \tanh(2) = 0.964$, where
the slope is only $0.071$: the door back to $h_0$ is almost shut. Your formula calls it wide open.

So ask of each factor: at which point was the $\tanh$ of *this* step evaluated?
"""

import numpy as np


def trace_gradient(w, u, x, h0=0.0):
    h, state = np.empty(len(x)), h0
    for t in range(len(x)):
        state = np.tanh(w * state + u * x[t])
        h[t] = state
    before = np.concatenate(([h0], h[:-1]))
    local = w * (1 - before**2)
    cumulative = np.cumprod(local[::-1])
    return {"h": h, "local": local, "cumulative": cumulative}
