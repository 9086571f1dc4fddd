"""A recurrent network with one unit: its states, and how each of them moves the last one."""

import numpy as np


def trace_gradient(w: float, u: float, x: np.ndarray, h0: float = 0.0) -> dict[str, np.ndarray]:
    """Run h_t = tanh(w h_{t-1} + u x_t) for t = 1 ... T and return its states and derivatives.

    w, u, h0: numbers. x: (T,) float64 with T >= 1; x[t] is the input of step t + 1.

    Returns a dict with exactly three entries, each a float64 array of shape (T,):
    "h":          h[t] is the state h_{t+1}, so h_0 is not part of it;
    "local":      local[t] is the derivative of h_{t+1} with respect to h_t;
    "cumulative": cumulative[k] is the derivative of h_T with respect to h_{T-1-k}.
    """
    raise NotImplementedError("Write trace_gradient: replace this line.")
