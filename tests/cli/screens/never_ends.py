# exercise-04
import numpy as np


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    z, row = W_hh @ h_prev + W_xh @ x + b, 0
    J = np.zeros_like(W_hh)
    while row < len(b): J[row] = W_hh[row] * (1 - np.tanh(z[row]) ** 2)
    return J
