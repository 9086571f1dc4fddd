"""The orthogonal matrix nearest to a random one: both singular bases, without the stretching between them."""

import numpy as np


def identity_init(d, scale=1.0):
    matrix = np.zeros((d, d))
    np.fill_diagonal(matrix, scale)
    return matrix


def orthogonal_init(d, seed):
    U, _, Vt = np.linalg.svd(np.random.default_rng(seed).uniform(-1, 1, (d, d)))
    return U @ Vt


def scale_to_radius(W, rho):
    magnitudes = np.sqrt(np.linalg.eigvals(W.astype(complex)) * np.conj(np.linalg.eigvals(W.astype(complex)))).real
    if magnitudes.max() == 0:
        raise ValueError("W is zero")
    return W * rho / magnitudes.max()
