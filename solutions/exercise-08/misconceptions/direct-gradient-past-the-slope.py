r"""Here only what comes back from the step after is multiplied by the slope; the direct gradient goes past it. But `grad_h[t]` is a gradient with respect to the *state*, and the
weights act on $z$: between the two stands the $\tanh$, whatever way a gradient came to the state.

Take one unit with $W_{hh} = 0.5$, states $h_0 = 1$, $h_1 = 0.6$, $h_2 = 0.8$, and a loss on $h_2$ alone: `grad_h` is $0$, then $1$.
Then $\delta_2 = 1 - 0.8^2 = 0.36$; yours is the full $1$, as if $h_2$ were near 0, and you send $0.5$ back to $h_1$ where $0.18$ belongs.

First add up all that reaches a state, then take the sum through the slope.
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
        delta = grad_h[t] + (1 - h[t + 1] ** 2) * carried
        dW_hh += np.outer(delta, h[t])
        dW_xh += np.outer(delta, x[t])
        db += delta
        carried = W_hh.T @ delta
    return {"W_hh": dW_hh, "W_xh": dW_xh, "b": db, "h0": carried}
