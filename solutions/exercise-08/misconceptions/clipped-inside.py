r"""Here the gradient is clipped inside the walk backward, entry by entry. Clipping belongs *after* the gradient has been computed: what is handed on is no
longer the derivative of the loss.

Let one unit receive $\delta = 3$ and clip at $0.5$. The weights of this step get a sixth of their share, and what goes on to the earlier steps is a sixth of
what it was, if it isn't clipped again there. A difference quotient would tell you: the loss changes by far more than you say.

Compute the gradient as it is. Whether it is too long is a question for whoever takes the step.
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
        delta = np.clip(delta, -0.5, 0.5)
        dW_hh += np.outer(delta, h[t])
        dW_xh += np.outer(delta, x[t])
        db += delta
        carried = W_hh.T @ delta
    return {"W_hh": dW_hh, "W_xh": dW_xh, "b": db, "h0": carried}
