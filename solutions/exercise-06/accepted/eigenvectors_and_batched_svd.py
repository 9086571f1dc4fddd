"""Eigenvalues through eig and the hypotenuse; all powers stacked, and one batched SVD."""

import numpy as np


def spectral_radius(W):
    values, _ = np.linalg.eig(W)
    return np.hypot(values.real, values.imag).max()


def regime(W, tol=1e-6):
    distance = spectral_radius(W) - 1
    if abs(distance) <= tol:
        return "marginal"
    return "exploding" if distance > 0 else "vanishing"


def power_norms(W, steps):
    powers = np.empty((steps + 1, *W.shape))
    powers[0] = np.eye(W.shape[0])
    for k in range(steps):
        powers[k + 1] = np.einsum("ij,jk->ik", W, powers[k])
    return np.linalg.svd(powers, compute_uv=False)[:, 0]
