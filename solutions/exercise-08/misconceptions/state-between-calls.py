r"""The second gradient holds the first one, too: every call adds to the sums of the calls before. Perhaps they are made once, outside the function.

Ask twice for the same gradient. The first answer is right; in the second all gradients but that of $h_0$ are twice as large, as if the loss had doubled. (torch does this on purpose with `.grad`, and
has `zero_grad` for it; here nobody asked for it.)

Where must the zeros stand, so that each call begins with them?
"""

import numpy as np


def rnn_forward(x, h0, W_hh, W_xh, b):
    h = np.zeros((len(x) + 1, len(h0)))
    h[0] = h0
    for t in range(len(x)):
        h[t + 1] = np.tanh(W_hh @ h[t] + W_xh @ x[t] + b)
    return h


_sums = {}


def rnn_backward(x, h, W_hh, W_xh, grad_h):
    shapes = (W_hh.shape, W_xh.shape)
    if shapes not in _sums:
        _sums[shapes] = np.zeros_like(W_hh), np.zeros_like(W_xh), np.zeros(len(W_hh))
    dW_hh, dW_xh, db = _sums[shapes]
    carried = np.zeros(len(W_hh))
    for t in range(len(x) - 1, -1, -1):
        delta = (1 - h[t + 1] ** 2) * (grad_h[t] + carried)
        dW_hh += np.outer(delta, h[t])
        dW_xh += np.outer(delta, x[t])
        db += delta
        carried = W_hh.T @ delta
    return {"W_hh": dW_hh.copy(), "W_xh": dW_xh.copy(), "b": db.copy(), "h0": carried}
