r"""Your matrix has only zeros below its diagonal. Perhaps it is the other half of the QR decomposition: `np.linalg.qr`
hands back two matrices, one with perpendicular columns of length 1, and a triangular one that says how to mix these to
get the original. And $\begin{pmatrix} 1 & 1 \\ 0 & 1 \end{pmatrix}$ shows what a triangular matrix does: $(0, 1)$,
of length 1, becomes $(1, 1)$, of length 1.41. Check whether your matrix satisfies $Q^\top Q = I$.
"""

import numpy as np


def identity_init(d: int, scale: float = 1.0) -> np.ndarray:
    """`scale` times the (d, d) identity."""
    return scale * np.eye(d)


def orthogonal_init(d: int, seed: int) -> np.ndarray:
    """A (d, d) orthogonal matrix, decided by `seed`: drawn at random."""
    rng = np.random.default_rng(seed)
    gaussian = rng.normal(size=(d, d))
    Q, R = np.linalg.qr(gaussian)
    return R


def scale_to_radius(W: np.ndarray, rho: float) -> np.ndarray:
    """W times the positive number that makes its spectral radius `rho`."""
    # eigvals, not eigvalsh: W need not be symmetric. abs of a complex number is its magnitude.
    radius = np.abs(np.linalg.eigvals(W)).max()
    if radius == 0:
        raise ValueError("The zero matrix has radius 0, and no factor changes that.")

    # Eigenvalues grow with the matrix: those of s W are s times those of W.
    return W * (rho / radius)
