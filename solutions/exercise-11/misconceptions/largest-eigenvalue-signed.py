r"""Your radius comes from the largest eigenvalue in the order of numbers, where 1.5 is above −3 (for complex
numbers numpy compares real parts first). But a state along the eigenvalue −3 is multiplied by $(-3)^{10} = 59049$
in ten steps, one along 1.5 by $1.5^{10} = 57.7$. The minus sign makes it flip at every step, not shrink. Growth is
a matter of how far an eigenvalue lies from 0, in whichever direction. Take the magnitudes first, then the largest
of them.
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
    radius = np.linalg.eigvals(W).real.max()
    if radius == 0:
        raise ValueError("The zero matrix has radius 0, and no factor changes that.")

    # Eigenvalues grow with the matrix: those of s W are s times those of W.
    return W * (rho / radius)
