r"""Your matrix has the spectral radius 1, and it isn't orthogonal. A radius of 1 says that no eigenvalue is larger than 1 in magnitude. It says little of lengths:
$\begin{pmatrix} 1 & 1 \\ 0 & 1 \end{pmatrix}$ has the radius 1, too, and takes $(0, 1)$ to $(1, 1)$, a vector of length 1.41, and in 100 steps to
$(100, 1)$. Orthogonal is about *every* vector: none changes its length, as the columns have length 1 and are perpendicular to each other. With one unit the two agree,
since $\pm 1$ is all that has the radius 1. Print $Q^\top Q$ for two units.
"""

import numpy as np


def identity_init(d: int, scale: float = 1.0) -> np.ndarray:
    """`scale` times the (d, d) identity."""
    return scale * np.eye(d)


def orthogonal_init(d: int, seed: int) -> np.ndarray:
    """A (d, d) orthogonal matrix, decided by `seed`: drawn at random."""
    rng = np.random.default_rng(seed)
    gaussian = rng.normal(size=(d, d))
    return gaussian / np.abs(np.linalg.eigvals(gaussian)).max()


def scale_to_radius(W: np.ndarray, rho: float) -> np.ndarray:
    """W times the positive number that makes its spectral radius `rho`."""
    # eigvals, not eigvalsh: W need not be symmetric. abs of a complex number is its magnitude.
    radius = np.abs(np.linalg.eigvals(W)).max()
    if radius == 0:
        raise ValueError("The zero matrix has radius 0, and no factor changes that.")

    # Eigenvalues grow with the matrix: those of s W are s times those of W.
    return W * (rho / radius)
