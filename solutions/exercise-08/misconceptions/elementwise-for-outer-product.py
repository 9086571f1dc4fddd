r"""For the share of $W_{hh}$, $\delta$ and the state are multiplied entry by entry here, and the result stands in every row, as
numpy spreads it. What is needed is *every*
entry of $\delta$ with every entry of the state.

Take $\delta = (1, 0)$ and the state $(0, 1)$. Entry by entry gives $(0, 0)$, so that nothing would be learned. But new unit 0 does listen to old unit 1, through
`W_hh[0, 1]`, and that weight should get $1 \cdot 1$.

A gradient has the shape of what it belongs to, and here each weight joins one unit with one other.
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
        dW_hh += delta * h[t]
        dW_xh += np.outer(delta, x[t])
        db += delta
        carried = W_hh.T @ delta
    return {"W_hh": dW_hh, "W_xh": dW_xh, "b": db, "h0": carried}
