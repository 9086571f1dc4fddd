r"""Where the last window is shorter than the others, its steps give nothing to the weights. Perhaps only whole windows are walked through.

Take 3 steps and windows of 2. The first window holds the steps 1 and 2, the last one step 3 alone. Yours leaves step 3 out, and with it the loss on $h_3$. With a window longer than the whole sequence, all your
gradients are 0. Where the length is a multiple of the window, nothing shows.

How many windows does it take to hold 3 steps, if no step may be left out?
"""

import numpy as np


def truncated_gradient(x, h, W_hh, grad_h, window):
    if window < 1:
        raise ValueError(f"a window has at least one step, not {window}")
    gradient = {"W_hh": np.zeros_like(W_hh), "W_xh": np.zeros((len(W_hh), x.shape[1])), "b": np.zeros(len(W_hh))}
    for start in range(0, len(x) - window + 1, window):
        carried = np.zeros(len(W_hh))
        for t in reversed(range(start, start + window)):
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
