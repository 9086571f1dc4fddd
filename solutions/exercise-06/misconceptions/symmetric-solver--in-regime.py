import numpy as np


def spectral_radius(W):
    return float(np.max(np.abs(np.linalg.eigvals(W))))


def regime(W, tol=1e-6):
    values, _ = np.linalg.eigh(W)
    largest = np.abs(values).max()
    if abs(largest - 1) <= tol:
        return "marginal"
    return "vanishing" if largest < 1 else "exploding"


def power_norms(W, steps):
    return np.array([np.linalg.norm(np.linalg.matrix_power(W, k), 2) for k in range(steps + 1)])
