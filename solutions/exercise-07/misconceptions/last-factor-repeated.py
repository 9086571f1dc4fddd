r"""Your products are powers of one local derivative, as if all steps had the same. That is the story of $\rho^k$, and it holds for a linear network, or for one
that rests.

Take `local` $= (0.5,\ 0.1)$. Two steps back you get $0.1^2 = 0.01$; the second step back crosses the factor $0.5$, so it is $0.1 \cdot 0.5 = 0.05$.

Each step has its own input, hence its own state and its own slope. The chain rule multiplies the factors that were really crossed.
"""

import numpy as np


def trace_gradient(w, u, x, h0=0.0):
    h, state = np.empty(len(x)), h0
    for t in range(len(x)):
        state = np.tanh(w * state + u * x[t])
        h[t] = state
    local = w * (1 - h**2)
    cumulative = local[-1] ** np.arange(1, len(x) + 1)
    return {"h": h, "local": local, "cumulative": cumulative}
