"""Gram and Schmidt in loops, numpy's global generator, and Gelfand's formula for the radius."""

import numpy as np


def identity_init(d, scale=1.0):
    matrix = np.zeros((d, d))
    for i in range(d):
        matrix[i, i] = scale
    return matrix


def orthogonal_init(d, seed):
    np.random.seed(seed)
    columns = []
    while len(columns) < d:
        v = np.random.randn(d)
        for _ in range(2):
            for u in columns:
                v = v - (u @ v) * u
        columns.append(v / np.sqrt(v @ v))
    return np.stack(columns, axis=1)


def scale_to_radius(W, rho):
    """rho(W) = lim |W^k|^(1/k): square 40 times, with the size kept aside as a logarithm."""
    if np.all(W == 0):
        raise ValueError("no factor gives the zero matrix a radius")
    power, log_size, k = np.array(W), 0.0, 1
    for _ in range(40):
        size = np.abs(power).max()
        power, log_size = power / size, log_size + np.log(size)
        power, log_size, k = power @ power, 2 * log_size, 2 * k
    log_radius = (log_size + np.log(np.abs(power).max())) / k
    return W * (rho / np.exp(log_radius))
