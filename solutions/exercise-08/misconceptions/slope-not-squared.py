r"""Here the slope of $\tanh$ is $1 - h$; the square is missing: it should be $1 - h^2$.

Take a state $h = -0.5$. Your slope is $1.5$, but $\tanh$ is nowhere steeper than $1$; the right one is $0.75$. At $h = 0.5$ yours is $0.5$, though the curve is just as steep on both sides of zero. So your slope is too large
for negative states and too small for positive ones.

Multiplied over many steps, factors above 1 can make a gradient explode that in truth vanishes.
"""

import numpy as np


def rnn_forward(x, h0, W_hh, W_xh, b):
    h = [h0]
    for x_t in x:
        h.append(np.tanh(W_hh @ h[-1] + W_xh @ x_t + b))
    return np.stack(h)


def rnn_backward(x, h, W_hh, W_xh, grad_h):
    dW_hh, dW_xh, db = np.zeros_like(W_hh), np.zeros_like(W_xh), np.zeros(len(W_hh))
    carried = np.zeros(len(W_hh))
    for t in reversed(range(len(x))):
        total = grad_h[t] + carried
        delta = (1 - h[t + 1]) * total
        dW_hh += np.outer(delta, h[t])
        dW_xh += np.outer(delta, x[t])
        db += delta
        carried = W_hh.T @ delta
    return {"W_hh": dW_hh, "W_xh": dW_xh, "b": db, "h0": carried}
