"""Derivatives by the complex step: f(h + i e) = f(h) + i e f'(h), without any cancellation."""

import numpy as np


def trace_gradient(w, u, x, h0=0.0):
    T, tiny = len(x), 1e-30
    h = np.zeros(T)
    local = np.zeros(T)
    state = h0
    for t in range(T):
        after = np.tanh(w * complex(state, tiny) + u * x[t])
        h[t], local[t] = after.real, after.imag / tiny
        state = h[t]
    before = np.concatenate(([h0], h[:-1]))
    cumulative = np.zeros(T)
    for k in range(T):
        s = complex(before[T - 1 - k], tiny)
        for value in x[T - 1 - k :]:
            s = np.tanh(w * s + u * value)
        cumulative[k] = s.imag / tiny
    return {"h": h, "local": local, "cumulative": cumulative}
