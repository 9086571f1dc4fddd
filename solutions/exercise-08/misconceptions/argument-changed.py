r"""The caller's `grad_h` changes here. Perhaps `grad = grad_h[t]` is followed by `grad += ...`: `grad_h[t]` is a window onto the
caller's array, not a copy, and `+=` writes through it.

Take one unit and two steps, `grad_h` $= (0,\ 1)$, where step 2 sends back $0.18$. After that `+=` the caller's `grad_h` reads $(0.18,\ 1)$. When the caller asks again with it, the same line
of their program gets other gradients.

`a = a + b` makes a new array; `a += b` changes the one that is there, for everyone who holds it.
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
        total = grad_h[t]
        total += carried
        delta = (1 - h[t + 1] ** 2) * total
        dW_hh += np.outer(delta, h[t])
        dW_xh += np.outer(delta, x[t])
        db += delta
        carried = W_hh.T @ delta
    return {"W_hh": dW_hh, "W_xh": dW_xh, "b": db, "h0": carried}
