r"""Your arrays have the precision of `float32`, which networks often use. It keeps about seven digits, and the contract asks for `float64`.

In single precision the number nearest below 1 is about $6 \cdot 10^{-8}$ away. A state nearer to 1 than half of that becomes 1 exactly, and a slope $1 - h^2$ that is computed from it
becomes 0: the gradient has not vanished, it has been rounded away.

Which type does `x` have, and do your arrays keep it?
"""

import numpy as np


def trace_gradient(w, u, x, h0=0.0):
    h = np.zeros(len(x), dtype=np.float32)
    state = h0
    for t in range(len(x)):
        state = np.tanh(w * state + u * x[t])
        h[t] = state
    local = w * (1 - h**2)
    cumulative = np.cumprod(local[::-1])
    return {"h": h, "local": local, "cumulative": cumulative}
