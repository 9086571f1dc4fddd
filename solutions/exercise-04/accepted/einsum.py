"""Einstein summation throughout, with the slope as (1 - h)(1 + h)."""

import numpy as np


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    h = np.tanh(np.einsum("ij,j->i", W_hh, h_prev) + np.einsum("ij,j->i", W_xh, x) + b)
    return np.einsum("i,ij->ij", (1 - h) * (1 + h), W_hh)
