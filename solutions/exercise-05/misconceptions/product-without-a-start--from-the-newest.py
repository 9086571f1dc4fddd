import numpy as np


def jacobian_product(jacobians):
    product = jacobians[-1]
    for jacobian in jacobians[-2::-1]:
        product = product @ jacobian
    return product.copy()


def norm_bound(W_hh, steps, slope=1.0):
    return (slope * np.linalg.norm(W_hh, 2)) ** steps
