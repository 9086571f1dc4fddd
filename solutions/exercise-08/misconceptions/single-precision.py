r"""Your gradients have the precision of `float32`, which networks often use. It keeps about seven digits, and the contract asks for `float64`.

The share of a distant step may be a hundred-millionth of the nearest one. Added to it in single precision, it changes nothing: what little the far past
gives is rounded away.

Which type do the weights have, and do your arrays keep it?
"""

import numpy as np


def rnn_forward(x, h0, W_hh, W_xh, b):
    h = np.zeros((len(x) + 1, len(h0)))
    h[0] = h0
    for t in range(len(x)):
        h[t + 1] = np.tanh(W_hh @ h[t] + W_xh @ x[t] + b)
    return h


def rnn_backward(x, h, W_hh, W_xh, grad_h):
    dW_hh, dW_xh, db = (np.zeros(each, np.float32) for each in (W_hh.shape, W_xh.shape, len(W_hh)))
    carried = np.zeros(len(W_hh))
    for t in range(len(x) - 1, -1, -1):
        delta = (1 - h[t + 1] ** 2) * (grad_h[t] + carried)
        dW_hh += np.outer(delta, h[t])
        dW_xh += np.outer(delta, x[t])
        db += delta
        carried = W_hh.T @ delta
    return {"W_hh": dW_hh, "W_xh": dW_xh, "b": db, "h0": carried}
