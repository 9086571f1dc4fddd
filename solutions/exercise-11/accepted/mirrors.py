"""A product of Householder mirrors, and eigenvalues one by one."""

import random

import numpy as np


def identity_init(d, scale=1.0):
    return np.array([[scale if i == j else 0.0 for j in range(d)] for i in range(d)])


def orthogonal_init(d, seed):
    draw = random.Random(seed)
    Q = np.eye(d)
    for _ in range(d):
        v = np.array([draw.gauss(0, 1) for _ in range(d)])
        Q = Q - 2 * np.outer(Q @ v, v) / (v @ v)
    return Q


def scale_to_radius(W, rho):
    largest = 0.0
    for value in np.linalg.eig(W)[0]:
        largest = max(largest, (value * value.conjugate()).real ** 0.5)
    if largest == 0.0:
        raise ValueError("the radius is zero")
    return np.multiply(W, rho) / largest
