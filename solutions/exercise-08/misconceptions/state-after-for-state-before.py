r"""Here $\delta_t$ is paired with $h_t$, perhaps because they bear the same index. $W_{hh}$ multiplies the state that the step *reads*: look at
$z_t = W_{hh}\, h_{t-1} + \dots$

Take one step from $h_0 = 0$. Then $W_{hh}\, h_0 = 0$ whatever the weight: moving $W_{hh}$ changes nothing, and its gradient is $0$. You multiply by $h_1$ instead and get a gradient for a weight that did nothing.

The gradient of a weight is $\delta$ times *what the weight was multiplied by*.
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
        dW_hh += np.outer(delta, h[t + 1])
        dW_xh += np.outer(delta, x[t])
        db += delta
        carried = W_hh.T @ delta
    return {"W_hh": dW_hh, "W_xh": dW_xh, "b": db, "h0": carried}
