import numpy as np


def jacobian_product(jacobians):
    return np.linalg.multi_dot(jacobians[::-1])


def norm_bound(W_hh, steps, slope=1.0):
    return (slope * np.linalg.norm(W_hh, 2)) ** steps
