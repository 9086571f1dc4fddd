import numpy as np


def trace_gradient(w, u, x, h0=0.0):
    h, state = np.empty(len(x)), h0
    for t in range(len(x)):
        state = np.tanh(w * state + u * x[t])
        h[t] = state
    local = w * (1 - h**2)
    cumulative = np.cumprod(np.concatenate(([1.0], local[::-1])))
    return {"h": h, "local": local, "cumulative": cumulative}
