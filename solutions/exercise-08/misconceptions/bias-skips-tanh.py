r"""Here the bias gets the gradient of $h_t$. It is added *inside* the $\tanh$, so it gets the gradient of $z_t$, like the weights.

Take one unit with $W_{hh} = 0.5$, states $h_0 = 1$, $h_1 = 0.6$, $h_2 = 0.8$, and a loss on $h_2$ alone: `grad_h` is $0$, then $1$.
Then $\delta_2 = 1 - 0.8^2 = 0.36$, what is sent back to $h_1$ is $0.5 \cdot 0.36 = 0.18$, and $\delta_1 = (1 - 0.6^2) \cdot 0.18 = 0.1152$.

The bias gets $0.36 + 0.1152 = 0.4752$. You add up what arrives at the states, $1 + 0.18 = 1.18$. In a saturated unit the difference is largest: moving its bias moves its state hardly at all.

Ask of every term in $z_t$ what the derivative of $z_t$ with respect to it is. For the bias it is 1; by which gradient is it multiplied?
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
        db += total
        carried = W_hh.T @ delta
    return {"W_hh": dW_hh, "W_xh": dW_xh, "b": db, "h0": carried}
