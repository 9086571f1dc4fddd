"""All products at once: row k of one triangular table holds the factors that entry k crosses, and 1 elsewhere."""

import numpy as np


def trace_gradient(w, u, x, h0=0.0):
    h = np.array(x, dtype=np.float64) * u
    h[0] += w * h0
    h[0] = np.tanh(h[0])
    for t in range(1, h.size):
        h[t] = np.tanh(h[t] + w * h[t - 1])
    local = w / np.cosh(np.arctanh(h)) ** 2
    crossed = np.tril(np.ones((h.size, h.size)))
    factors = np.where(crossed, local[::-1][None, :], 1.0)
    return {"h": h, "local": local, "cumulative": factors.prod(axis=1)}
