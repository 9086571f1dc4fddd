r"""Here the lengths of the shares are added up. What counts is the length of their *sum*: shares are matrices, and they can cancel each other.

Take two dropped shares, 1 and $-1$, and a kept one, 1. The dropped ones add up to 0, so nothing is lost at all, and the error is 0. Your lengths add up to 2, of 3 in all.

First the sum, then one length of it.
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
        carried = W_hh.T @ delta
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
    return float(sum(map(np.linalg.norm, shares[window:])) / sum(map(np.linalg.norm, shares)))
