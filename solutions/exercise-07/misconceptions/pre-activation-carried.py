r"""Your states come out as if the sum $z$ inside the $\tanh$ were handed on to the next step, and not the state $\tanh(z)$. Each looks fine by itself, but it starts from the wrong memory.

Take $w = 1$, $u = 0$, $h_0 = 2$ and two steps. The first state is $\tanh(2) = 0.964$, and the second should be $\tanh(0.964) = 0.746$. With $z = 2$ carried on, your second state is $0.964$ again. And
where $w$ is above 1, the carried sum can grow without bound, which no state of a $\tanh$ can.

In $h_t = \tanh(w h_{t-1} + u x_t)$ both $h$ are states: which of the two is one, $z$ or $\tanh(z)$?
"""

import numpy as np


def trace_gradient(w, u, x, h0=0.0):
    h = np.zeros(len(x))
    prev = h0
    for t in range(len(x)):
        z = w * prev + u * x[t]
        h[t] = np.tanh(z)
        prev = z
    local = w * (1 - h**2)
    return {"h": h, "local": local, "cumulative": np.cumprod(local[::-1])}
