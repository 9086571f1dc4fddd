r"""Your windows are counted from the *last* step. The statement counts them from the first: a program that reads a text can't know where it will end.

Take 3 steps and windows of 2. The first window holds the steps 1 and 2, the second step 3 alone. Yours are step 1 alone and then 2 and 3, so the loss on $h_3$ teaches step 2,
which it shouldn't reach.

Where the length is a multiple of the window, both ways agree.
"""

import numpy as np


def truncated_gradient(x, h, W_hh, grad_h, window):
    if window < 1:
        raise ValueError(f"a window has at least one step, not {window}")
    gradient = {"W_hh": np.zeros_like(W_hh), "W_xh": np.zeros((len(W_hh), x.shape[1])), "b": np.zeros(len(W_hh))}
    carried = np.zeros(len(W_hh))
    for t in reversed(range(len(x))):
        if (len(x) - 1 - t) % window == 0:
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
    return float(np.linalg.norm(shares[window:].sum(axis=0)) / np.linalg.norm(shares.sum(axis=0)))
