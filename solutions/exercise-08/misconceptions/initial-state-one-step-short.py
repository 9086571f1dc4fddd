r"""Your gradient of $h_0$ is what the walk holds at step 1. But $h_0$ lies *before* step 1: the last piece of the way isn't finished, through the slope of step
1 and $W_{hh}^\top$.

Take one unit with $W_{hh} = 0.5$, states $h_0 = 1$, $h_1 = 0.6$, $h_2 = 0.8$, and a loss on $h_2$ alone: `grad_h` is $0$, then $1$.
Then $\delta_2 = 1 - 0.8^2 = 0.36$, what is sent back to $h_1$ is $0.5 \cdot 0.36 = 0.18$, and $\delta_1 = (1 - 0.6^2) \cdot 0.18 = 0.1152$.

$0.18$ is the gradient of $h_1$, and $0.1152$ is that of $z_1$. Sent back through $W_{hh}$ once more it is $0.0576$, and that belongs to $h_0$.

$T$ steps lie between $h_0$ and $h_T$. How many factors $W_{hh}^\top$ does your gradient of $h_0$ hold?
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
        carried = W_hh.T @ delta
    return {"W_hh": dW_hh, "W_xh": dW_xh, "b": db, "h0": total}
