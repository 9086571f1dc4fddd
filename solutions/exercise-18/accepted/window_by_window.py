"""Each window is a short sequence of its own, handed to plain backpropagation through time."""

import numpy as np


def backward(x, h, W_hh, grad_h):
    W, V, bias, arriving = 0.0, 0.0, 0.0, np.zeros(len(W_hh))
    for x_t, before, after, direct in reversed(list(zip(x, h[:-1], h[1:], grad_h))):
        delta = (direct + arriving) * (1.0 - after * after)
        W, V, bias = W + delta[:, None] * before, V + delta[:, None] * x_t, bias + delta
        arriving = delta @ W_hh
    return W, V, bias


def truncated_gradient(x, h, W_hh, grad_h, window):
    if window <= 0:
        raise ValueError("the window must hold at least one step")
    parts = [
        backward(x[start : start + window], h[start : start + window + 1], W_hh, grad_h[start : start + window])
        for start in range(0, len(x), window)
    ]
    return {name: sum(values) for name, values in zip(("W_hh", "W_xh", "b"), zip(*parts))}


def gradient_shares(h, W_hh, grad_last):
    steps = len(h) - 1
    shares = np.empty((steps, *W_hh.shape))
    arriving = grad_last
    for k in range(steps):
        delta = arriving * (1.0 - h[steps - k] ** 2)
        shares[k] = delta[:, None] * h[steps - k - 1]
        arriving = delta @ W_hh
    return shares


def truncation_error(shares, window):
    if window <= 0:
        raise ValueError("the window must hold at least one step")
    whole = shares.sum(axis=0)
    dropped = whole - shares[:window].sum(axis=0) if window < len(shares) else np.zeros_like(whole)
    return np.sqrt((dropped**2).sum() / (whole**2).sum())
