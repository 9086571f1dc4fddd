"""No calculus: nudge every entry of the previous state up and down."""

import numpy as np


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    def advance(h):
        return np.tanh(W_hh @ h + W_xh @ x + b)

    nudge = 1e-5
    columns = []
    for direction in np.eye(h_prev.size):
        columns.append((advance(h_prev + nudge * direction) - advance(h_prev - nudge * direction)) / (2 * nudge))
    return np.stack(columns, axis=1)
