r"""Your gradients of the weights and the bias are divided by the number of steps, perhaps as one averages over a batch. But steps are not examples: they are places where one and the same
weight acts.

Take one unit with $W_{hh} = 0.5$, states $h_0 = 1$, $h_1 = 0.6$, $h_2 = 0.8$, and a loss on $h_2$ alone: `grad_h` is $0$, then $1$.
Then $\delta_2 = 1 - 0.8^2 = 0.36$, what is sent back to $h_1$ is $0.5 \cdot 0.36 = 0.18$, and $\delta_1 = (1 - 0.6^2) \cdot 0.18 = 0.1152$.

Moving $W_{hh}$ changes $h_2$ through step 2, by $0.216$ per unit, *and* through step 1, by $0.1152$ per unit. Both happen at once: $0.3312$, of which you have half.

If an average is wanted, the loss does it, and `grad_h` comes in already divided.
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
    return {"W_hh": dW_hh / len(x), "W_xh": dW_xh / len(x), "b": db / len(x), "h0": carried}
