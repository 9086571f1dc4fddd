r"""Here the gradient is passed on without the slope of $\tanh$. Between a state and its sum stands a $\tanh$, and its slope is $1 - h_t^2$.

Take a saturated unit, $h_t = 1$: nothing that happens before it can move it, so nothing may come back through it. Yours lets everything through.

The factor belongs between the gradient of a state and $\delta$.
"""

import numpy as np


def truncated_gradient(x, h, W_hh, grad_h, window):
    if window < 1:
        raise ValueError(f"a window has at least one step, not {window}")
    gradient = {"W_hh": np.zeros_like(W_hh), "W_xh": np.zeros((len(W_hh), x.shape[1])), "b": np.zeros(len(W_hh))}
    carried = np.zeros(len(W_hh))
    for t in reversed(range(len(x))):
        if (t + 1) % window == 0:
            carried = np.zeros(len(W_hh))
        delta = grad_h[t] + carried
        gradient["W_hh"] += np.outer(delta, h[t])
        gradient["W_xh"] += np.outer(delta, x[t])
        gradient["b"] += delta
        carried = W_hh.T @ delta
    return gradient


def gradient_shares(h, W_hh, grad_last):
    shares, arriving = [], grad_last
    for t in reversed(range(len(h) - 1)):
        delta = arriving
        shares.append(np.outer(delta, h[t]))
        arriving = W_hh.T @ delta
    return np.array(shares)


def truncation_error(shares, window):
    if window < 1:
        raise ValueError(f"a window has at least one step, not {window}")
    return float(np.linalg.norm(shares[window:].sum(axis=0)) / np.linalg.norm(shares.sum(axis=0)))
