r"""Your products are sorted by time. They are the right numbers in the wrong places: the exercise asks for the order of the walk, with $k$ counting steps back
from the end.

Take `local` $= (0.5,\ 0.1)$. One step back gives $0.1$, two give $0.05$, so `cumulative` is $(0.1,\ 0.05)$. Yours is $(0.05,\ 0.1)$: its entry 0 is the one that reaches back *furthest*.

The index of $h$ in $\partial h_T / \partial h_{T-1-k}$ falls as $k$ rises.
"""

import numpy as np


def trace_gradient(w, u, x, h0=0.0):
    h, state = np.empty(len(x)), h0
    for t in range(len(x)):
        state = np.tanh(w * state + u * x[t])
        h[t] = state
    local = w * (1 - h**2)
    cumulative = np.cumprod(local[::-1])[::-1]
    return {"h": h, "local": local, "cumulative": cumulative}
