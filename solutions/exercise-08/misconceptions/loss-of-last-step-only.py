r"""Only the last row of `grad_h` is used here, as if the loss stood at the last state alone. Its other rows have no effect.

Take one unit with $W_{hh} = 0.5$, states $h_0 = 1$, $h_1 = 0.6$, $h_2 = 0.8$, and a loss that sees *both* states: `grad_h` is $1$, then $1$. What step 2 sends back to $h_1$ is $0.18$, but $h_1$ has a gradient of its own too,
so its total is $1.18$. You go on with $0.18$ and lose most of it. An early loss has the shortest way to the early steps, and it is just the one that you drop.

When the walk arrives at a state, two gradients meet there. Which two?
"""

import numpy as np


def rnn_forward(x, h0, W_hh, W_xh, b):
    h = [h0]
    for x_t in x:
        h.append(np.tanh(W_hh @ h[-1] + W_xh @ x_t + b))
    return np.stack(h)


def rnn_backward(x, h, W_hh, W_xh, grad_h):
    dW_hh, dW_xh, db = np.zeros_like(W_hh), np.zeros_like(W_xh), np.zeros(len(W_hh))
    carried = grad_h[-1]
    for t in reversed(range(len(x))):
        total = carried
        delta = (1 - h[t + 1] ** 2) * total
        dW_hh += np.outer(delta, h[t])
        dW_xh += np.outer(delta, x[t])
        db += delta
        carried = W_hh.T @ delta
    return {"W_hh": dW_hh, "W_xh": dW_xh, "b": db, "h0": carried}
