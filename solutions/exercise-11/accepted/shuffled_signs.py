"""A shuffled identity with random signs: orthogonal too, and decided by the seed. SVD would do as well."""

import numpy as np


def identity_init(d, scale=1.0):
    return np.identity(d) * scale


def orthogonal_init(d, seed):
    rng = np.random.RandomState(seed)
    return np.eye(d)[rng.permutation(d)] * rng.choice([-1.0, 1.0], size=d)


def scale_to_radius(W, rho):
    if np.count_nonzero(W) == 0:
        raise ValueError("W must not be the zero matrix")
    return W / max(abs(np.linalg.eigvals(W))) * rho
