# exercise-04
import numpy as np


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    z = W_hh @ h_prev + W_xh @ x + b
    return (1 - np.tanh(z))[:, None] * W_hh
