r"""Your slope is $h\,(1 - h)$, the slope of a sigmoid. These states come from a $\tanh$, whose values run from $-1$ to 1.

Take $h_t = 0$. The $\tanh$ is steepest there, with the slope 1; yours is 0, so that a unit at rest would pass nothing back. And at $h_t = -0.5$ yours is negative,
as if the curve fell.

Each of these two activations has a rule of its own, written in its own output.
"""

import numpy as np


def rnn_forward(x, h0, W_hh, W_xh, b):
    h = np.zeros((len(x) + 1, len(h0)))
    h[0] = h0
    for t in range(len(x)):
        h[t + 1] = np.tanh(W_hh @ h[t] + W_xh @ x[t] + b)
    return h


def rnn_backward(x, h, W_hh, W_xh, grad_h):
    dW_hh, dW_xh, db = np.zeros_like(W_hh), np.zeros_like(W_xh), np.zeros(len(W_hh))
    carried = np.zeros(len(W_hh))
    for t in range(len(x) - 1, -1, -1):
        delta = h[t + 1] * (1 - h[t + 1]) * (grad_h[t] + carried)
        dW_hh += np.outer(delta, h[t])
        dW_xh += np.outer(delta, x[t])
        db += delta
        carried = W_hh.T @ delta
    return {"W_hh": dW_hh, "W_xh": dW_xh, "b": db, "h0": carried}
