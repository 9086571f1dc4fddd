r"""The walk starts correctly, with `grad_h[-1]` in hand. But what you add on the way back comes one state too early: the direct gradient of the step that you have just left is added to the state before it.

Take $T = 1$: `grad_h` has one row, for $h_1$. Yours adds it to $h_1$ and, after the step, to $h_0$ as well. In longer sequences the last row counts twice, and each of the others for the state
before its own.

Once you have walked back through step $t$, you hold the gradient of $h_{t-1}$. Which row of `grad_h` is that state's, and is there one for $h_0$?
"""

import numpy as np


def rnn_forward(x, h0, W_hh, W_xh, b):
    h = [h0]
    for x_t in x:
        h.append(np.tanh(W_hh @ h[-1] + W_xh @ x_t + b))
    return np.stack(h)


def rnn_backward(x, h, W_hh, W_xh, grad_h):
    dW_hh, dW_xh, db = np.zeros_like(W_hh), np.zeros_like(W_xh), np.zeros(len(W_hh))
    carried = grad_h[-1].copy()
    for t in reversed(range(len(x))):
        delta = (1 - h[t + 1] ** 2) * carried
        dW_hh += np.outer(delta, h[t])
        dW_xh += np.outer(delta, x[t])
        db += delta
        carried = W_hh.T @ delta + grad_h[t]
    return {"W_hh": dW_hh, "W_xh": dW_xh, "b": db, "h0": carried}
