r"""Here row `t` of `grad_h` is used for row `t` of `h`. But `h` has one row more, since it starts with $h_0$; `grad_h` starts with $h_1$.

Take $T = 1$ and `grad_h` $= (1)$: the loss stands on $h_1$. Yours goes to $h_0$, before any step, so all weights get a gradient of $0$. In longer sequences
every loss moves to the state before it, and the last step looks as if it had none.

Two arrays of different length need an offset. `grad_h[t]` belongs to the state that is made from `x[t]`: which row of `h` is that?
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
    direct = np.vstack([grad_h, np.zeros(len(W_hh))])
    for t in reversed(range(len(x))):
        total = direct[t + 1] + carried
        delta = (1 - h[t + 1] ** 2) * total
        dW_hh += np.outer(delta, h[t])
        dW_xh += np.outer(delta, x[t])
        db += delta
        carried = W_hh.T @ delta
    return {"W_hh": dW_hh, "W_xh": dW_xh, "b": db, "h0": direct[0] + carried}
