r"""Your walk backward begins at the last step, and there it ends, too. Perhaps your `return` stands inside the loop over the steps.

Take two steps. The share of step 2 is right, but step 1 is never reached: $W_{hh}$ lacks its share, and `h0` holds what step 2 sends to $h_1$. With a single
step nothing shows.

Python goes by indentation alone: a line belongs to the loop if it stands as far in as the loop's body.
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
        delta = (1 - h[t + 1] ** 2) * (grad_h[t] + carried)
        dW_hh += np.outer(delta, h[t])
        dW_xh += np.outer(delta, x[t])
        db += delta
        carried = W_hh.T @ delta
        return {"W_hh": dW_hh, "W_xh": dW_xh, "b": db, "h0": carried}
