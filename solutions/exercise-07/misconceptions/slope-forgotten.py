r"""Your derivative of one step is $w$ alone. That would be right for $h_{t+1} = w h_t + u x_{t+1}$; here a $\tanh$ stands around it, and the chain rule gives
it a factor of its own.

Take $w = 1$, $u = 1$, $h_0 = 0$, $x_1 = 2$: then $h_1 = \tanh(2) = 0.964$. Nudge $h_0$ by $0.01$ and $h_1$ moves by about $0.0007$, not by $0.01$: the curve is flat there.

With $w$ alone the gradient would depend on the weight only. It depends on the inputs too, through how far each step saturates.
"""

import numpy as np


def trace_gradient(w, u, x, h0=0.0):
    h, state = np.empty(len(x)), h0
    for t in range(len(x)):
        state = np.tanh(w * state + u * x[t])
        h[t] = state
    local = np.full(len(x), float(w))
    cumulative = np.cumprod(local[::-1])
    return {"h": h, "local": local, "cumulative": cumulative}
