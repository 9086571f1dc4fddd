"""How powers of a recurrent matrix end, and what they do on the way."""

import numpy as np


def spectral_radius(W: np.ndarray) -> float:
    """Return the spectral radius of W: the largest magnitude of its eigenvalues."""
    # eigvals, not eigvalsh: W need not be symmetric. np.abs is the magnitude, also of complex eigenvalues.
    return float(np.max(np.abs(np.linalg.eigvals(W))))


def regime(W: np.ndarray, tol: float = 1e-6) -> str:
    """Return "marginal" if abs(radius - 1) <= tol, else "vanishing" (radius below 1) or "exploding" (above 1)."""
    rho = spectral_radius(W)
    if rho < 1 - tol:
        return "vanishing"
    if rho > 1 + tol:
        return "exploding"
    return "marginal"


def power_norms(W: np.ndarray, steps: int) -> np.ndarray:
    """Return the spectral norms of W^0, W^1, ..., W^steps: shape (steps + 1,)."""
    # The 2 asks for the largest singular value; without it NumPy returns the Frobenius norm.
    return np.array([np.linalg.norm(np.linalg.matrix_power(W, k), 2) for k in range(steps + 1)])
