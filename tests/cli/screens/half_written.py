# exercise-05
import numpy as np


def jacobian_product(jacobians):
    product = np.eye(jacobians.shape[1])
    for J in jacobians:
        product = product @ J
    return product


def norm_bound(W_hh, steps, slope=1.0):
    pass
