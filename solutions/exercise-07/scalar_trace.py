"""A recurrent network with one unit: its states, and how each of them moves the last one."""

import numpy as np


def trace_gradient(w: float, u: float, x: np.ndarray, h0: float = 0.0) -> dict[str, np.ndarray]:
    """Run h_t = tanh(w h_{t-1} + u x_t) for t = 1 ... T and return its states and derivatives."""
    h, state = np.empty(len(x)), h0
    for t in range(len(x)):
        state = np.tanh(w * state + u * x[t])
        h[t] = state
    local = w * (1 - h**2)  # tanh'(z) = 1 - tanh(z)^2, and tanh(z) is the new state
    cumulative = np.cumprod(local[::-1])  # from the last factor backward: one more step at each entry
    return {"h": h, "local": local, "cumulative": cumulative}
