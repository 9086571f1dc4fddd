"""Plain loops over numbers, and the norm by power iteration on W.T @ W."""

import numpy as np


def multiply(left, right):
    d = len(left)
    result = np.zeros((d, d))
    for i in range(d):
        for k in range(d):
            for j in range(d):
                result[i, k] += left[i, j] * right[j, k]
    return result


def jacobian_product(jacobians):
    d = jacobians.shape[1]
    product = np.zeros((d, d))
    for i in range(d):
        product[i, i] = 1.0
    for jacobian in jacobians:
        product = multiply(jacobian, product)
    return product


def norm_bound(W_hh, steps, slope=1.0):
    v = np.linspace(1.0, 2.0, W_hh.shape[1])
    for _ in range(2000):
        v = W_hh.T @ (W_hh @ v)
        v = v / np.sqrt(v @ v)
    stretched = W_hh @ v
    return float((slope * np.sqrt(stretched @ stretched)) ** steps)
