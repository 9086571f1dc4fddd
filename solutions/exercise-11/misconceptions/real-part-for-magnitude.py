r"""Only the real part of each eigenvalue counts here, perhaps because the imaginary part of a real matrix looked like
rounding noise. The eigenvalues of $\begin{pmatrix} 0 & -4 \\ 1 & 0 \end{pmatrix}$ are $\pm 2i$, with real part 0; and
yet two steps multiply every vector by −4, so each counts as 2. The imaginary part is the turning, and a state can
grow while it turns. What counts is how far the eigenvalue lies from 0: $|a + bi| = \sqrt{a^2 + b^2}$, so
$|-3 + 4i| = 5$.
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
    radius = np.abs(np.linalg.eigvals(W).real).max()
    if radius == 0:
        raise ValueError("The zero matrix has radius 0, and no factor changes that.")

    # Eigenvalues grow with the matrix: those of s W are s times those of W.
    return W * (rho / radius)
