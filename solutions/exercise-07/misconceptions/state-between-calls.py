r"""Your program remembers the last state of one call and starts the next one from it. Each call is a sequence of its own, and begins at $h_0$.

Ask twice for $w = 1$, $u = 1$, $x = (1,)$ and $h_0 = 0$. The first answer is right, $\tanh(1) = 0.762$. The second begins where the first has ended, and comes to
$\tanh(0.762 + 1) = 0.943$. A program that is tested with a single call never shows it.

What a function needs comes in through its arguments.
"""

import numpy as np


_last = []


def trace_gradient(w, u, x, h0=0.0):
    h = np.zeros(len(x))
    state = _last.pop() if _last and h0 == 0.0 else h0
    for t in range(len(x)):
        state = np.tanh(w * state + u * x[t])
        h[t] = state
    _last.append(state)
    local = w * (1 - h**2)
    return {"h": h, "local": local, "cumulative": np.cumprod(local[::-1])}
