r"""Your radius is a mean of the eigenvalues: $|\det W|^{1/d}$ is the geometric mean of their magnitudes. For
$\operatorname{diag}(4, 0.25)$ that is 1, as if nothing grew, but ten steps multiply the first coordinate by
$4^{10} = 1048576$. A determinant says what happens to volumes. In the long run the largest eigenvalue wins, however
small the others are.
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
    radius = np.abs(np.linalg.det(W)) ** (1 / len(W))
    if radius == 0:
        raise ValueError("The zero matrix has radius 0, and no factor changes that.")

    # Eigenvalues grow with the matrix: those of s W are s times those of W.
    return W * (rho / radius)
