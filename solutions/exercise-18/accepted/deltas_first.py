"""All deltas first, then one matrix product for each weight."""

import numpy as np


def deltas(h, W_hh, grad_h, edges):
    found = np.zeros_like(grad_h)
    for t in range(len(grad_h) - 1, -1, -1):
        later = 0.0 if t + 1 == len(grad_h) or t + 1 in edges else found[t + 1] @ W_hh
        found[t] = (grad_h[t] + later) * (1 - h[t + 1] ** 2)
    return found


def truncated_gradient(x, h, W_hh, grad_h, window):
    if not window >= 1:
        raise ValueError("a window holds one step or more")
    d = deltas(h, W_hh, grad_h, set(range(0, len(x), window)))
    return {"W_hh": d.T @ h[:-1], "W_xh": d.T @ x, "b": d.sum(axis=0)}


def gradient_shares(h, W_hh, grad_last):
    grad_h = np.zeros((len(h) - 1, len(W_hh)))
    grad_h[-1] = grad_last
    d = deltas(h, W_hh, grad_h, ())
    return np.einsum("ti,tj->tij", d, h[:-1])[::-1].copy()


def truncation_error(shares, window):
    if not window >= 1:
        raise ValueError("a window holds one step or more")
    return float(np.linalg.norm(sum(shares[window:], np.zeros(shares.shape[1:]))) / np.linalg.norm(sum(shares)))
