r"""Here $W_{hh}\, \delta$ is carried to the step before. Going forward, $W_{hh}$ takes old units to new ones; going back, the gradient goes from new units to
old ones, and that takes $W_{hh}^\top$.

Take `W_hh = [[0, 1], [0, 0]]`: new unit 0 listens to old unit 1, and to nothing else. A $\delta = (1,\ 0)$ at new unit 0 must therefore go to old unit 1: $W_{hh}^\top \delta = (0,\ 1)$. You compute $W_{hh}\, \delta = (0,\ 0)$,
and the gradient is lost.

With one unit, or a symmetric matrix, both are equal: test with neither.
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
    for t in reversed(range(len(x))):
        total = grad_h[t] + carried
        delta = (1 - h[t + 1] ** 2) * total
        dW_hh += np.outer(delta, h[t])
        dW_xh += np.outer(delta, x[t])
        db += delta
        carried = W_hh @ delta
    return {"W_hh": dW_hh, "W_xh": dW_xh, "b": db, "h0": carried}
