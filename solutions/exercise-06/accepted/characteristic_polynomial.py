"""Eigenvalues as roots of the characteristic polynomial (Faddeev-LeVerrier); norms from the eigenvalues of P^T P."""

import numpy as np


def spectral_radius(W):
    size = W.shape[0]
    coefficients, M = [1.0], np.zeros_like(W)
    for k in range(1, size + 1):
        M = W @ M + coefficients[-1] * np.eye(size)
        coefficients.append(-np.trace(W @ M) / k)
    return float(max(abs(root) for root in np.roots(coefficients)))


def regime(W, tol=1e-6):
    rho = spectral_radius(W)
    if -tol <= rho - 1 <= tol:
        return "marginal"
    if rho > 1:
        return "exploding"
    return "vanishing"


def power_norms(W, steps):
    norms = np.ones(steps + 1)
    P = W.copy()
    for k in range(1, steps + 1):
        norms[k] = np.sqrt(np.linalg.eigvalsh(P.T @ P)[-1])
        P = P @ W
    return norms
