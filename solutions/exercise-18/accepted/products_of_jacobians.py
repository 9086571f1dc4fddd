"""Every loss term sent back to every step of its window, by products of Jacobians."""

import numpy as np


def jacobians(h, W_hh):
    return [(1 - after**2)[:, None] * W_hh for after in h[1:]]


def truncated_gradient(x, h, W_hh, grad_h, window):
    if window < 1:
        raise ValueError("window must be at least 1")
    steps = len(x)
    J = jacobians(h, W_hh)
    W, V, bias = np.zeros_like(W_hh), np.zeros((len(W_hh), x.shape[1])), np.zeros(len(W_hh))
    for loss in range(steps):
        back = np.eye(len(W_hh))
        for step in range(loss, -1, -1):
            if step // window != loss // window:
                break
            delta = (grad_h[loss] @ back) * (1 - h[step + 1] ** 2)
            W += np.outer(delta, h[step])
            V += np.outer(delta, x[step])
            bias += delta
            back = back @ J[step]
    return {"W_hh": W, "W_xh": V, "b": bias}


def gradient_shares(h, W_hh, grad_last):
    J, back, shares = jacobians(h, W_hh), np.eye(len(W_hh)), []
    for step in range(len(h) - 2, -1, -1):
        shares.append(np.outer((grad_last @ back) * (1 - h[step + 1] ** 2), h[step]))
        back = back @ J[step]
    return np.stack(shares)


def truncation_error(shares, window):
    if window < 1:
        raise ValueError("window must be at least 1")
    lengths = [np.linalg.norm(np.sum(part, axis=0), "fro") for part in (shares[window:], shares)]
    return lengths[0] / lengths[1]
