# exercise-05
import numpy as np


def jacobianproduct(jacobians):
    product = np.eye(jacobians.shape[1])
    for J in jacobians:
        product = J @ product
    return product


def norm_bound(W_hh, steps, slope=1.0):
    return (slope * np.linalg.norm(W_hh, 2)) ** steps
