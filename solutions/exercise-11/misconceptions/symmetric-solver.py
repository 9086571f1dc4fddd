r"""Your eigenvalues are not those of $W$ but of the symmetric matrix that has the lower triangle of $W$, as from a solver for
symmetric matrices (`eigvalsh`, `eigh`). Such a solver doesn't check: it reads one triangle and assumes that the other mirrors it.
In $\begin{pmatrix} 0 & -4 \\ 1 & 0 \end{pmatrix}$ the 1 stands below the diagonal. With a 1 above it, too, the eigenvalues
would be $\pm 1$; they are $\pm 2i$. Recurrent weights are hardly ever symmetric, and their eigenvalues are complex as a rule.
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
    radius = np.abs(np.linalg.eigvalsh(W)).max()
    if radius == 0:
        raise ValueError("The zero matrix has radius 0, and no factor changes that.")

    # Eigenvalues grow with the matrix: those of s W are s times those of W.
    return W * (rho / radius)
