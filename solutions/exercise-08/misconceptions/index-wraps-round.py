r"""The direct gradient of a step is read one row too early here, as by `grad_h[t - 1]`. At the first step that is row $-1$, and Python takes this for the *last* row,
without a word.

Take two steps and a loss on the last state alone. Its gradient should enter at step 2; yours enters at step 1, as if the loss looked at $h_1$.

Row `grad_h[t]` belongs to `h[t + 1]`. Whenever you write an index with a minus, ask what it is at $t = 0$.
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
        delta = (1 - h[t + 1] ** 2) * (grad_h[t - 1] + carried)
        dW_hh += np.outer(delta, h[t])
        dW_xh += np.outer(delta, x[t])
        db += delta
        carried = W_hh.T @ delta
    return {"W_hh": dW_hh, "W_xh": dW_xh, "b": db, "h0": carried}
