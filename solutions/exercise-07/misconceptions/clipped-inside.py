r"""Your states never come nearer to 1 than a certain number, as if the sum were clipped before the $\tanh$, perhaps so that it can't run away. But the $\tanh$ needs no help: it is defined for every number, and it is the
saturated steps that this trace should show.

Clip at 2, say, and let the sum be 10. The state is then $0.96$ in place of 1, and the slope about $0.07$ where it is next to nothing: a step that lets hardly any
gradient through looks like one that lets a fourteenth of it through.
"""

import numpy as np


def trace_gradient(w, u, x, h0=0.0):
    h = np.zeros(len(x))
    state = h0
    for t in range(len(x)):
        state = np.tanh(np.clip(w * state + u * x[t], -2.0, 2.0))
        h[t] = state
    local = w * (1 - h**2)
    cumulative = np.cumprod(local[::-1])
    return {"h": h, "local": local, "cumulative": cumulative}
