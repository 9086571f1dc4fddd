r"""Your products are magnitudes, perhaps because "vanishing" speaks of sizes. A derivative also says in which direction things move.

Take $w = -0.5$ and states near 0. Push $h_0$ up by $0.1$: $h_1$ goes *down* by $0.05$, and $h_2$ up by $0.025$. So the products back from $h_2$ are $-0.5$ and $0.25$, with
alternating signs; yours are $0.5$ and $0.25$. A training step with the wrong sign makes the loss worse.

Keep the sign in the products. Whoever wants the size can take the magnitude at the end.
"""

import numpy as np


def trace_gradient(w, u, x, h0=0.0):
    h, state = np.empty(len(x)), h0
    for t in range(len(x)):
        state = np.tanh(w * state + u * x[t])
        h[t] = state
    local = w * (1 - h**2)
    cumulative = np.cumprod(np.abs(local[::-1]))
    return {"h": h, "local": local, "cumulative": cumulative}
