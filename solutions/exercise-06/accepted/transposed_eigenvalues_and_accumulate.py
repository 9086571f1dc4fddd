"""Eigenvalues of the transpose, which are the same; all powers by accumulating products, then their largest stretch."""

from itertools import accumulate, repeat

import numpy as np


def spectral_radius(W):
    values = np.linalg.eigvals(W.T)
    return float(np.sqrt((values * values.conj()).real.max()))


def regime(W, tol=1e-6):
    rho = spectral_radius(W)
    if rho - 1 > tol:
        return "exploding"
    return "vanishing" if 1 - rho > tol else "marginal"


def power_norms(W, steps):
    powers = accumulate(repeat(W, steps), np.matmul, initial=np.eye(len(W)))
    return np.array([np.sqrt(np.linalg.eigvalsh(P.T @ P).max()) for P in powers])
