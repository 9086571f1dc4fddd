r"""Here the gradient is carried back with $W_{hh}$ in place of $W_{hh}^\top$. Forward, unit $j$ sends `W_hh[i, j]` to unit $i$; backward, unit $j$ collects
from every unit that it sent to.

Take `W_hh = [[0, 1], [0, 0]]`: new unit 0 listens to old unit 1. A $\delta = (1, 0)$ must go to old unit 1, $W_{hh}^\top \delta = (0, 1)$. Yours is $W_{hh} \delta = (0, 0)$.

For one unit, or a symmetric matrix, nothing shows.
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
        delta = (1 - h[t + 1] ** 2) * (grad_h[t] + carried)
        gradient["W_hh"] += np.outer(delta, h[t])
        gradient["W_xh"] += np.outer(delta, x[t])
        gradient["b"] += delta
        carried = W_hh @ delta
    return gradient


def gradient_shares(h, W_hh, grad_last):
    shares, arriving = [], grad_last
    for t in reversed(range(len(h) - 1)):
        delta = (1 - h[t + 1] ** 2) * arriving
        shares.append(np.outer(delta, h[t]))
        arriving = W_hh @ delta
    return np.array(shares)


def truncation_error(shares, window):
    if window < 1:
        raise ValueError(f"a window has at least one step, not {window}")
    return float(np.linalg.norm(shares[window:].sum(axis=0)) / np.linalg.norm(shares.sum(axis=0)))
