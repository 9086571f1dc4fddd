r"""Your matrix has no entry below 0, as where numbers are drawn between 0 and 1. Two columns are perpendicular if the products of their entries add up to 0. Where none of these
products is below 0, they do so only if all of them are 0. Take the columns $(0.6, 0.8)$ and $(0.8, 0.6)$, both of length 1: the sum is $0.48 + 0.48 = 0.96$. But even with entries of both signs random columns are
hardly ever perpendicular. A random matrix can be the raw material, but something has to be done to it.
"""

import numpy as np


def identity_init(d: int, scale: float = 1.0) -> np.ndarray:
    """`scale` times the (d, d) identity."""
    return scale * np.eye(d)


def orthogonal_init(d: int, seed: int) -> np.ndarray:
    """A (d, d) orthogonal matrix, decided by `seed`: drawn at random."""
    rng = np.random.default_rng(seed)
    return rng.random((d, d))


def scale_to_radius(W: np.ndarray, rho: float) -> np.ndarray:
    """W times the positive number that makes its spectral radius `rho`."""
    # eigvals, not eigvalsh: W need not be symmetric. abs of a complex number is its magnitude.
    radius = np.abs(np.linalg.eigvals(W)).max()
    if radius == 0:
        raise ValueError("The zero matrix has radius 0, and no factor changes that.")

    # Eigenvalues grow with the matrix: those of s W are s times those of W.
    return W * (rho / radius)
