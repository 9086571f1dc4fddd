"""How powers of a recurrent matrix end, and what they do on the way."""

import numpy as np


def spectral_radius(W: np.ndarray) -> float:
    """Return the spectral radius of W: the largest magnitude of its eigenvalues.

    W: (d, d) float64, any real matrix; it need not be symmetric.
    """
    raise NotImplementedError("Write spectral_radius: replace this line.")


def regime(W: np.ndarray, tol: float = 1e-6) -> str:
    """Return "marginal" if abs(radius - 1) <= tol, else "vanishing" (radius below 1) or "exploding" (above 1).

    W: (d, d) float64. tol: at least 0, and below 1.
    """
    raise NotImplementedError("Write regime: replace this line.")


def power_norms(W: np.ndarray, steps: int) -> np.ndarray:
    """Return the spectral norms of W^0, W^1, ..., W^steps: shape (steps + 1,), float64.

    W: (d, d) float64. steps: an integer, at least 0.
    """
    raise NotImplementedError("Write power_norms: replace this line.")
