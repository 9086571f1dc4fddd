r"""Here $w$ multiplies everything, as in $\tanh(w\,(h_{t-1} + u x_t))$. It weighs the old state only; the input has its own weight $u$.

Take $w = 0.5$, $u = 1$, $h_0 = 0$, $x_1 = 1$. There is no old state yet, so $w$ can't matter: $h_1 = \tanh(1) = 0.762$. Yours is $\tanh(0.5) = 0.462$.

Read the formula as two terms with a plus between them. Which of them does each weight stand in?
"""

import numpy as np


def trace_gradient(w, u, x, h0=0.0):
    h, state = np.empty(len(x)), h0
    for t in range(len(x)):
        state = np.tanh(w * (state + u * x[t]))
        h[t] = state
    local = w * (1 - h**2)
    cumulative = np.cumprod(local[::-1])
    return {"h": h, "local": local, "cumulative": cumulative}
