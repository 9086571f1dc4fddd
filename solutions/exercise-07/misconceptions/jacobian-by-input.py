r"""Your local derivative is the slope times $u$. That is the derivative with respect to the input, $\partial h_{t+1} / \partial x_{t+1}$: how far the state
moves if the input does.

Take $w = 0.5$, $u = 2$ and states near 0. Move the *state* $h_t$ by $0.01$: it enters as $w h_t$, so $h_{t+1}$ moves by $0.005$. Your factor of $2$ says $0.02$, which is what the same
move of the *input* would do.

Gradients travel to the past from state to state, so the factor is the weight on the old state.
"""

import numpy as np


def trace_gradient(w, u, x, h0=0.0):
    h, state = np.empty(len(x)), h0
    for t in range(len(x)):
        state = np.tanh(w * state + u * x[t])
        h[t] = state
    local = u * (1 - h**2)
    cumulative = np.cumprod(local[::-1])
    return {"h": h, "local": local, "cumulative": cumulative}
