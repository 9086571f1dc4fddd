r"""Your matrix is divided by the largest eigenvalue itself, without its magnitude (for complex numbers numpy compares real parts first). For the matrix of
the statement that is $-3 + 4i$, so the result is complex: its first entry is $-4 \cdot 0.5 / (-3 + 4i) = 0.24 + 0.32i$ in place of $-0.4$. And where the eigenvalues are
real, in the order of numbers 1.5 is above −3, though a state along −3 grows faster. Take the magnitudes first, then the largest of them.
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
    radius = np.max(np.linalg.eigvals(W))
    if radius == 0:
        raise ValueError("The zero matrix has radius 0, and no factor changes that.")

    # Eigenvalues grow with the matrix: those of s W are s times those of W.
    return W * (rho / radius)
