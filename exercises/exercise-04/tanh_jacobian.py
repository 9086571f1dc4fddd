"""Exercise 04: the Jacobian of one tanh step."""

import numpy as np


def tanh_jacobian(h_prev: np.ndarray, x: np.ndarray, W_hh: np.ndarray, W_xh: np.ndarray, b: np.ndarray) -> np.ndarray:
    """The Jacobian of one step h_t = tanh(z_t), z_t = W_hh h_prev + W_xh x + b.

    Arguments (float64 arrays, left unchanged):
        h_prev: the previous state h_{t-1}, shape (d,)
        x: the input of this step, shape (n,)
        W_hh: the recurrent weights, shape (d, d)
        W_xh: the input weights, shape (d, n)
        b: the bias, shape (d,)

    Returns:
        a float64 array J of shape (d, d), with J[i, j] = dh_t[i] / dh_{t-1}[j]
    """
    raise NotImplementedError("Write tanh_jacobian: replace this line.")
