"""Another submission for exercise-04: the slopes scale the columns, where they should scale the rows."""

import numpy as np


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    z = W_hh @ h_prev + W_xh @ x + b
    return (1.0 - np.tanh(z) ** 2) * W_hh
