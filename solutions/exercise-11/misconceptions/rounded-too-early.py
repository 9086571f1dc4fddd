r"""Your matrix is orthogonal only to a few digits, since its entries have three decimals at most. Round when you print, and not before.

Take the column $(0.7071, 0.7071)$, whose length is 1. Rounded to two decimals it is $(0.71, 0.71)$, of length 1.004. That looks harmless, but $W_{hh}$ acts at every step: a vector that becomes 1.004 times as long each time
is 1.5 times as long after 100 steps.
"""

import numpy as np


def identity_init(d: int, scale: float = 1.0) -> np.ndarray:
    """`scale` times the (d, d) identity."""
    return scale * np.eye(d)


def orthogonal_init(d: int, seed: int) -> np.ndarray:
    """A (d, d) orthogonal matrix, decided by `seed`: drawn at random."""
    rng = np.random.default_rng(seed)
    gaussian = rng.normal(size=(d, d))
    Q, R = np.linalg.qr(gaussian)
    return np.round(Q, 2)


def scale_to_radius(W: np.ndarray, rho: float) -> np.ndarray:
    """W times the positive number that makes its spectral radius `rho`."""
    # eigvals, not eigvalsh: W need not be symmetric. abs of a complex number is its magnitude.
    radius = np.abs(np.linalg.eigvals(W)).max()
    if radius == 0:
        raise ValueError("The zero matrix has radius 0, and no factor changes that.")

    # Eigenvalues grow with the matrix: those of s W are s times those of W.
    return W * (rho / radius)
