"""Orthogonal by Cayley's transform of a skew-symmetric matrix; radius from the roots of the characteristic polynomial."""

import numpy as np


def identity_init(d, scale=1.0):
    return np.diag(np.full(d, float(scale)))


def orthogonal_init(d, seed):
    noise = np.random.default_rng(seed).normal(size=(d, d))
    skew = noise - noise.T
    return np.linalg.solve(np.eye(d) + skew, np.eye(d) - skew)


def scale_to_radius(W, rho):
    if not W.any():
        raise ValueError("W is all zeros")
    roots = np.roots(np.poly(W))
    return rho / np.hypot(roots.real, roots.imag).max() * W
