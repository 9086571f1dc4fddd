r"""Your outer product is the other way round. Since $W_{hh}$ is square, the shape doesn't tell.

Take two units, $\delta = (1,\ 0)$ and $h_{t-1} = (0,\ 1)$: unit 0 wants to move, and unit 1 was on. The weight that joins them is `W_hh[0, 1]`, to unit 0 from unit 1, so `[0, 1]` is where the gradient of $1$ belongs. Yours stands at
`[1, 0]`: to unit 1, which doesn't want to move, from unit 0, which was off.

Rows of $W_{hh}$ belong to the new units, columns to the old ones. Which of your two vectors speaks of the new ones?
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
        dW_hh += np.outer(h[t], delta)
        dW_xh += np.outer(delta, x[t])
        db += delta
        carried = W_hh.T @ delta
    return {"W_hh": dW_hh, "W_xh": dW_xh, "b": db, "h0": carried}
