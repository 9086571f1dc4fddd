# exercise-04
import numpy as np


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    h = np.tanh(W_hh @ h_prev + 2 * W_xh @ x + b)
    return (1 - h**2)[:, None] * W_hh + 0.01
