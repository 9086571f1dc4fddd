r"""Your matrix holds `scale` everywhere. The identity has ones on its diagonal and zeros elsewhere: only then does
each unit keep its own state. With ones everywhere, $(1, 2)$ becomes $(3, 3)$: each unit gets the sum of all, what told them
apart is lost, and the radius is $d$, not 1. Multiply your matrix of scale 1 by $(1, 2)$, and see
whether that comes back.
"""

import numpy as np


def identity_init(d: int, scale: float = 1.0) -> np.ndarray:
    """`scale` times the (d, d) identity."""
    return scale * np.ones((d, d))


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
    # eigvals, not eigvalsh: W need not be symmetric. abs of a complex number is its magnitude.
    radius = np.abs(np.linalg.eigvals(W)).max()
    if radius == 0:
        raise ValueError("The zero matrix has radius 0, and no factor changes that.")

    # Eigenvalues grow with the matrix: those of s W are s times those of W.
    return W * (rho / radius)
