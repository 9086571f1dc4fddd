r"""Your radius comes from one fixed place in the solver's list of eigenvalues. A solver promises no order: which one stands there depends on the matrix.

Take `W = [[0.2, 0], [0, 0.9]]`, which is to get the radius 1. The eigenvalues come as they stand on the diagonal, $0.2$ and $0.9$. Multiplied by $1 / 0.2 = 5$, the matrix has the radius $4.5$. Let the two
units change places, and it is the last that misleads.

Which one counts has to be looked for.
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
    radius = np.abs(np.linalg.eigvals(W))[0]
    if radius == 0:
        raise ValueError("The zero matrix has radius 0, and no factor changes that.")

    # Eigenvalues grow with the matrix: those of s W are s times those of W.
    return W * (rho / radius)
