import numpy as np


def jacobian_product(jacobians):
    T, d, _ = jacobians.shape
    return np.linalg.matrix_power(jacobians[0], T) if T > 0 else np.eye(d)


def norm_bound(W_hh, steps, slope=1.0):
    return (slope * np.linalg.norm(W_hh, 2)) ** steps
