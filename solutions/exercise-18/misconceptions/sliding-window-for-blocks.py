r"""Here each loss reaches back `window` steps, wherever it stands. That is a window that slides along; those of the statement are fixed, one after the other.

Take 4 steps and windows of 2. $h_3$ is the first state of its window, so its loss reaches step 3 only. Yours reaches steps 3 and 2, across the edge.

Sliding windows keep more of the gradient, and cost a walk for each loss.
"""

import numpy as np


def truncated_gradient(x, h, W_hh, grad_h, window):
    if window < 1:
        raise ValueError(f"a window has at least one step, not {window}")
    gradient = {"W_hh": np.zeros_like(W_hh), "W_xh": np.zeros((len(W_hh), x.shape[1])), "b": np.zeros(len(W_hh))}
    for loss in range(len(x)):
        arriving = grad_h[loss]
        for t in range(loss, max(-1, loss - window), -1):
            delta = (1 - h[t + 1] ** 2) * arriving
            gradient["W_hh"] += np.outer(delta, h[t])
            gradient["W_xh"] += np.outer(delta, x[t])
            gradient["b"] += delta
            arriving = W_hh.T @ delta
    return gradient


def gradient_shares(h, W_hh, grad_last):
    shares, arriving = [], grad_last
    for t in reversed(range(len(h) - 1)):
        delta = (1 - h[t + 1] ** 2) * arriving
        shares.append(np.outer(delta, h[t]))
        arriving = W_hh.T @ delta
    return np.array(shares)


def truncation_error(shares, window):
    if window < 1:
        raise ValueError(f"a window has at least one step, not {window}")
    return float(np.linalg.norm(shares[window:].sum(axis=0)) / np.linalg.norm(shares.sum(axis=0)))
