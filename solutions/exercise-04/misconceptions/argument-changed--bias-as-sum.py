import numpy as np


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    z = b
    z += W_hh @ h_prev
    z += W_xh @ x
    slope = 1.0 - np.tanh(z) ** 2
    return slope[:, np.newaxis] * W_hh
