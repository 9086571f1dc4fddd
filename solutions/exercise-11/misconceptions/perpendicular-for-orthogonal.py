r"""Your columns are perpendicular to each other, but their lengths aren't 1, as after a procedure by Gram and Schmidt in which no column is divided
by its length. The columns $(2, 0)$ and $(0, 0.5)$ are perpendicular, too; their matrix makes $(1, 0)$ twice as long and halves $(0, 1)$, and over 10 steps
that is a factor of 1024, up or down. An orthogonal matrix leaves every length as it is. On the diagonal of $Q^\top Q$ stand the squares of your lengths.
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
    Q = rng.normal(size=(d, d))
    for column in range(d):
        for earlier in range(column):
            e = Q[:, earlier]
            Q[:, column] -= (e @ Q[:, column]) / (e @ e) * e
    return Q


def scale_to_radius(W: np.ndarray, rho: float) -> np.ndarray:
    """W times the positive number that makes its spectral radius `rho`."""
    # eigvals, not eigvalsh: W need not be symmetric. abs of a complex number is its magnitude.
    radius = np.abs(np.linalg.eigvals(W)).max()
    if radius == 0:
        raise ValueError("The zero matrix has radius 0, and no factor changes that.")

    # Eigenvalues grow with the matrix: those of s W are s times those of W.
    return W * (rho / radius)
