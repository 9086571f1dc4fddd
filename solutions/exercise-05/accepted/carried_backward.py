"""Backpropagation: each row of the result is a unit gradient of the last state, carried back through all steps."""

import numpy as np


def jacobian_product(jacobians):
    d = jacobians.shape[1]
    rows = []
    for unit in range(d):
        gradient = np.zeros(d)
        gradient[unit] = 1.0
        for jacobian in jacobians[::-1]:
            gradient = jacobian.T @ gradient
        rows.append(gradient)
    return np.stack(rows)


def norm_bound(W_hh, steps, slope=1.0):
    return (slope * np.sqrt(np.linalg.norm(W_hh @ W_hh.T, 2))) ** steps
