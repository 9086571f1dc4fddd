"""Divide and conquer: the product of the newer half, times that of the older half."""

import numpy as np


def jacobian_product(jacobians):
    T, d = len(jacobians), jacobians.shape[1]
    if T == 0:
        return np.eye(d)
    if T == 1:
        return jacobians[0].copy()
    older, newer = jacobians[: T // 2], jacobians[T // 2 :]
    return jacobian_product(newer).dot(jacobian_product(older))


def norm_bound(W_hh, steps, slope=1.0):
    bound = 1.0
    for _ in range(steps):
        bound *= slope * np.linalg.norm(W_hh, ord=2)
    return bound
