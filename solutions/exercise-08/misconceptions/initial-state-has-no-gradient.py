r"""Your gradient of $h_0$ is all zeros, perhaps because $h_0$ isn't a weight and no row of `grad_h` belongs to it. But $h_1$ was computed from it, so it moves
the loss.

Take one unit with $W_{hh} = 0.5$, states $h_0 = 1$, $h_1 = 0.6$, $h_2 = 0.8$, and a loss on $h_2$ alone: `grad_h` is $0$, then $1$. Nudge $h_0$ by $0.01$: $h_1$ moves by $0.01 \cdot 0.5 \cdot 0.64 = 0.0032$, and $h_2$ by $0.0032 \cdot 0.5 \cdot 0.36 = 0.000576$. So the gradient is $0.0576$, not 0.

Having no *direct* gradient doesn't mean having none. What is left in your hand when the loop is over?
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
    return {"W_hh": dW_hh, "W_xh": dW_xh, "b": db, "h0": np.zeros(len(W_hh))}
