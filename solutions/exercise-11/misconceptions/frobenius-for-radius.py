r"""Here the matrix is divided by its Frobenius norm, which is what `np.linalg.norm(W)` gives for a matrix: the
length of all entries as one vector. It grows with the size of the matrix: the $100 \times 100$ identity has
Frobenius norm 10, although it stretches nothing, and its radius is 1. Scaled your way to radius 1, it would shrink
every state to a tenth, at every step. The radius isn't a matter of how many entries there are. It is the magnitude
of an eigenvalue.
"""

import numpy as np


def identity_init(d: int, scale: float = 1.0) -> np.ndarray:
    """`scale` times the (d, d) identity."""
    return scale * np.eye(d)


def orthogonal_init(d: int, seed: int) -> np.ndarray:
    """A (d, d) orthogonal matrix, decided by `seed`: the Q of the QR decomposition of a Gaussian matrix.

    (For a draw that prefers no direction at all, give each column the sign of R's diagonal entry; not needed here.)
    """
    rng = np.random.default_rng(seed)
    gaussian = rng.normal(size=(d, d))
    Q, R = np.linalg.qr(gaussian)
    return Q


def scale_to_radius(W: np.ndarray, rho: float) -> np.ndarray:
    """W times the positive number that makes its spectral radius `rho`."""
    radius = np.linalg.norm(W)
    if radius == 0:
        raise ValueError("The zero matrix has radius 0, and no factor changes that.")

    # Eigenvalues grow with the matrix: those of s W are s times those of W.
    return W * (rho / radius)
