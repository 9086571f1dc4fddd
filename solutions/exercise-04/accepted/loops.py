"""Plain Python, entry by entry."""

import math

import numpy as np


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    d = len(h_prev)
    J = np.zeros((d, d))
    for i in range(d):
        z = b[i]
        for k in range(d):
            z += W_hh[i, k] * h_prev[k]
        for k in range(len(x)):
            z += W_xh[i, k] * x[k]
        for j in range(d):
            J[i, j] = W_hh[i, j] / math.cosh(z) ** 2
    return J
