r"""Your states are made with $W_{hh}^\top h$, which is what `h @ W_hh` computes for a vector: every weight is used in the opposite direction.

Take `W_hh = [[0, 1], [0, 0]]` and $h_0 = (0,\ 1)$. Row 0 says that new unit 0 listens to old unit 1, which is on: $W_{hh}\, h_0 = (1,\ 0)$. `h0 @ W_hh` gives $(0,\ 0)$.

The shapes agree since $W_{hh}$ is square, so NumPy doesn't complain. Use the order of the formula, or transpose the matrix when you turn it round.
"""

import numpy as np


def rnn_forward(x, h0, W_hh, W_xh, b):
    h = [h0]
    for x_t in x:
        h.append(np.tanh(h[-1] @ W_hh + W_xh @ x_t + b))
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
        carried = W_hh.T @ delta
    return {"W_hh": dW_hh, "W_xh": dW_xh, "b": db, "h0": carried}
