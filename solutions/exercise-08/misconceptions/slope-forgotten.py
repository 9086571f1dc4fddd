r"""Here the gradient that is carried back passes $W_{hh}$ only. Each step also goes through a $\tanh$, on the way back as on the way forward, and multiplies by
its slope $1 - h_t^2$.

Take one unit with $W_{hh} = 0.5$, states $h_0 = 1$, $h_1 = 0.6$, $h_2 = 0.8$, and a loss on $h_2$ alone: `grad_h` is $0$, then $1$. Without slopes the gradient
of $h_0$ is $0.5^2 = 0.25$. With them, $0.36$ for step 2 and $0.64$ for step 1, it is $0.0576$: the slopes take even a little more than the weights. It isn't
enough to use the slope for the weights if it is left out of what is carried: then $h_1$ receives $0.5$, where it should receive $0.18$.

First turn the gradient of $h_t$ into one of $z_t$. *All* that follows, weights, bias and the way back, goes on from $z_t$.
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
        delta = total
        dW_hh += np.outer(delta, h[t])
        dW_xh += np.outer(delta, x[t])
        db += delta
        carried = W_hh.T @ delta
    return {"W_hh": dW_hh, "W_xh": dW_xh, "b": db, "h0": carried}
