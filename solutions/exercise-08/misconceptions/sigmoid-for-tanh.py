r"""Your forward run sends the sum through a sigmoid. This network has a $\tanh$.

Take all weights and the bias as 0: the sum is 0 at every step. The $\tanh$ of 0 is 0, so the states are all 0; yours are all one half. And a backward walk that
takes the slope of a $\tanh$ then belongs to a network other than that of the forward run.

Which function does the formula of $h_t$ name?
"""

import numpy as np


def rnn_forward(x, h0, W_hh, W_xh, b):
    h = np.zeros((len(x) + 1, len(h0)))
    h[0] = h0
    for t in range(len(x)):
        h[t + 1] = 1 / (1 + np.exp(-(W_hh @ h[t] + W_xh @ x[t] + b)))
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
