# exercise-04
import numpy as np


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    h = np.tanh(W_hh @ h_prev + W_xh @ x + b)
    slope = 1 - h**2
    return slopes[:, None] * W_hh
