r"""Your states come in a list of arrays, or in a tuple of them. It doesn't compute like an array of two axes.

With two states of one unit, $0.5$ and $0.4$: on a list or a tuple, `h[1:] ** 2` raises a `TypeError` and `h[:, 0]` is no index; on an array the first is $0.16$ and the second is the
whole course of unit 0. The backward walk needs just such slices.

The contract promises one float64 array of shape `(T + 1, d)`. Collect in a list if you like, and make one array of it before you hand it back.
"""

import numpy as np


def rnn_forward(x, h0, W_hh, W_xh, b):
    h = [h0]
    for x_t in x:
        h.append(np.tanh(W_hh @ h[-1] + W_xh @ x_t + b))
    return h


def rnn_backward(x, h, W_hh, W_xh, grad_h):
    dW_hh, dW_xh, db = np.zeros_like(W_hh), np.zeros_like(W_xh), np.zeros(len(W_hh))
    carried = np.zeros(len(W_hh))
    for t in reversed(range(len(x))):
        total = grad_h[t] + carried
        delta = (1 - h[t + 1] ** 2) * total
        dW_hh += np.outer(delta, h[t])
        dW_xh += np.outer(delta, x[t])
        db += delta
        carried = W_hh.T @ delta
    return {"W_hh": dW_hh, "W_xh": dW_xh, "b": db, "h0": carried}
