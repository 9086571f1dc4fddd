r"""Your `rnn_forward` takes its arguments in another order: the state first, then the inputs. The contract's order is `(x, h0, W_hh, W_xh, b)`.

A caller hands over a sequence of 5 inputs and a state of 4 units. Yours takes the state for the sequence and walks through its 4 numbers, or stops, as
no shapes fit.

Whoever calls without names relies on the order alone: it is part of the contract like the names.
"""

import numpy as np


def rnn_forward(h0, x, W_hh, W_xh, b):
    h = np.zeros((len(x) + 1, len(h0)))
    h[0] = h0
    for t in range(len(x)):
        h[t + 1] = np.tanh(W_hh @ h[t] + W_xh @ x[t] + b)
    return h


def rnn_backward(x, h, W_hh, W_xh, grad_h):
    dW_hh, dW_xh, db = np.zeros_like(W_hh), np.zeros_like(W_xh), np.zeros(len(W_hh))
    carried = np.zeros(len(W_hh))
    for t in range(len(x) - 1, -1, -1):
        delta = (1 - h[t + 1] ** 2) * (grad_h[t] + carried)
        dW_hh += np.outer(delta, h[t])
        dW_xh += np.outer(delta, x[t])
        db += delta
        carried = W_hh.T @ delta
    return {"W_hh": dW_hh, "W_xh": dW_xh, "b": db, "h0": carried}
