"""A submission for exercise-04 with a common mistake in it: `make run` grades it."""

import numpy as np


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    z = W_hh @ h_prev + W_xh @ x + b
    slope = 1.0 - np.tanh(z)
    return slope[:, np.newaxis] * W_hh
