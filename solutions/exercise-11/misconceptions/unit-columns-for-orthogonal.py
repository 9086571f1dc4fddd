r"""Every column (or every row) of yours has the length 1. That is half of what is asked for: they must also be
perpendicular to each other. The columns $(1, 0)$ and $(0.6, 0.8)$ both have length 1, but the matrix made of them
turns $(1, 1)$, 1.41 long, into $(1.6, 0.8)$, 1.79 long. $Q^\top Q$ holds the products of all pairs of columns. Look
at the entries beside its diagonal, too.
"""

import numpy as np


def identity_init(d: int, scale: float = 1.0) -> np.ndarray:
    """`scale` times the (d, d) identity."""
    return scale * np.eye(d)


def orthogonal_init(d: int, seed: int) -> np.ndarray:
    """A (d, d) orthogonal matrix, decided by `seed`: drawn at random."""
    rng = np.random.default_rng(seed)
    gaussian = rng.normal(size=(d, d))
    return gaussian / np.linalg.norm(gaussian, axis=0)


def scale_to_radius(W: np.ndarray, rho: float) -> np.ndarray:
    """W times the positive number that makes its spectral radius `rho`."""
    # eigvals, not eigvalsh: W need not be symmetric. abs of a complex number is its magnitude.
    radius = np.abs(np.linalg.eigvals(W)).max()
    if radius == 0:
        raise ValueError("The zero matrix has radius 0, and no factor changes that.")

    # Eigenvalues grow with the matrix: those of s W are s times those of W.
    return W * (rho / radius)
