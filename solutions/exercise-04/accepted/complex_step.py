"""The complex step: an imaginary nudge too small to round, all columns at once."""

import numpy as np


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    nudged = h_prev[:, None] + 1e-30j * np.eye(len(h_prev))  # column j is nudged in entry j
    return np.tanh(W_hh @ nudged + (W_xh @ x + b)[:, None]).imag / 1e-30
