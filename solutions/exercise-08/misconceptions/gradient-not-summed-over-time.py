r"""All that is left of your gradient is the share of the first step. Perhaps the gradient of each weight is assigned inside the loop, with `=`: every step then
overwrites what the later ones had given.

Take one unit with $W_{hh} = 0.5$, states $h_0 = 1$, $h_1 = 0.6$, $h_2 = 0.8$, and a loss on $h_2$ alone: `grad_h` is $0$, then $1$.
Then $\delta_2 = 1 - 0.8^2 = 0.36$, what is sent back to $h_1$ is $0.5 \cdot 0.36 = 0.18$, and $\delta_1 = (1 - 0.6^2) \cdot 0.18 = 0.1152$.

Step 2 gives $W_{hh}$ a share of $\delta_2 h_1 = 0.216$, step 1 one of $\delta_1 h_0 = 0.1152$. The gradient is $0.3312$; you kept the share that has vanished most. With one step there is nothing to overwrite, so such a test passes.

All steps use the same weight. If you move it a little, which of the steps change?
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
        dW_hh = np.outer(delta, h[t])
        dW_xh = np.outer(delta, x[t])
        db = delta
        carried = W_hh.T @ delta
    return {"W_hh": dW_hh, "W_xh": dW_xh, "b": db, "h0": carried}
