r"""Your walk back leaves out the first step, as a loop over `range(T - 1, 0, -1)` does: a range stops *before* its end, so index 0 never has its turn.

Take $T = 1$: such a loop doesn't run at all, and every gradient is $0$, though $h_1$ depends on all the weights. In longer sequences one share of each weight is missing, often the smallest, so the numbers look nearly right;
and what you return for $h_0$ is the part that was sent to $h_1$.

The walk has as many steps as the run forward. Count them for $T = 2$.
"""

import numpy as np


def rnn_forward(x, h0, W_hh, W_xh, b):
    h = [h0]
    for x_t in x:
        h.append(np.tanh(W_hh @ h[-1] + W_xh @ x_t + b))
    return np.stack(h)


def rnn_backward(x, h, W_hh, W_xh, grad_h):
    dW_hh, dW_xh, db = np.zeros_like(W_hh), np.zeros_like(W_xh), np.zeros(len(W_hh))
    carried = np.zeros(len(W_hh))
    for t in range(len(x) - 1, 0, -1):
        total = grad_h[t] + carried
        delta = (1 - h[t + 1] ** 2) * total
        dW_hh += np.outer(delta, h[t])
        dW_xh += np.outer(delta, x[t])
        db += delta
        carried = W_hh.T @ delta
    return {"W_hh": dW_hh, "W_xh": dW_xh, "b": db, "h0": carried}
