r"""All of your rows show the last state. Perhaps one array is kept for the state, each new state is written into it, and *it* goes into the list each time: the
list then holds the same array $T + 1$ times.

Take one unit with $W_{hh} = 1$, no input, no bias, $h_0 = 0.5$ and one step. The rows should be $0.5$ and $\tanh(0.5) = 0.462$; yours are $0.462$ and $0.462$.
If `h0` was copied at the start, that keeps the caller's array safe, and nothing else.

`h[:] = ...` writes into the array that is there; `h = ...` gives the name to a new one.
"""

import numpy as np


def rnn_forward(x, h0, W_hh, W_xh, b):
    h = h0.copy()
    states = [h]
    for x_t in x:
        h[:] = np.tanh(W_hh @ h + W_xh @ x_t + b)
        states.append(h)
    return np.stack(states)


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
