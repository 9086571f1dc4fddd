r"""The carried gradient piles up from step to step, perhaps because `+=` is right for the weights. A weight is one and the same in all steps; the states are
different ones, and each has its own gradient.

Take one unit with $W_{hh} = 0.5$, states $h_0 = 1$, $h_1 = 0.6$, $h_2 = 0.8$, and a loss on $h_2$ alone: `grad_h` is $0$, then $1$.
Then $\delta_2 = 1 - 0.8^2 = 0.36$, what is sent back to $h_1$ is $0.5 \cdot 0.36 = 0.18$, and $\delta_1 = (1 - 0.6^2) \cdot 0.18 = 0.1152$.

To $h_0$ goes $0.5 \cdot 0.1152 = 0.0576$. You add the $0.18$ that was already sent to $h_1$ and get $0.2376$. It has been used: it is *contained* in $\delta_1$, and counts a second time here.

At each step, what is in your hand is passed on whole, and replaced by what comes out.
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
        carried += W_hh.T @ delta
    return {"W_hh": dW_hh, "W_xh": dW_xh, "b": db, "h0": carried}
