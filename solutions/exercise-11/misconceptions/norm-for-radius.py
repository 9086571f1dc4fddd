r"""Here the matrix is divided by its norm, the largest singular value. The norm says how far $W$ can stretch a
vector in one step; the radius says what the steps come to in the long run. For
$\begin{pmatrix} 0 & -4 \\ 1 & 0 \end{pmatrix}$ the norm is 4, but two steps multiply every vector by −4, so one step
counts as 2: that is the radius. Yours ends up with half the radius that is asked for. The two agree for normal
matrices, such as symmetric and orthogonal ones, and rarely for others. The radius is found among the eigenvalues.
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
    radius = np.linalg.norm(W, 2)
    if radius == 0:
        raise ValueError("The zero matrix has radius 0, and no factor changes that.")

    # Eigenvalues grow with the matrix: those of s W are s times those of W.
    return W * (rho / radius)
