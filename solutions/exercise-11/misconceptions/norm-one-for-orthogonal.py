r"""Your matrix has the norm 1, and it isn't orthogonal. A norm of 1 says that no vector becomes longer, and that some vector keeps its length. It says nothing of the others:
$\begin{pmatrix} 1 & 0 \\ 0 & 0.5 \end{pmatrix}$ has the norm 1, too, and halves $(0, 1)$ at every step, so that after ten steps 0.00098 of it is left. Orthogonal is about
*every* vector: none changes its length, since the columns have length 1 and are perpendicular to each other. With one unit the two agree, for only 1 and −1 have the norm 1. Print $Q^\top Q$ for two units.
"""

import numpy as np


def identity_init(d: int, scale: float = 1.0) -> np.ndarray:
    """`scale` times the (d, d) identity."""
    return scale * np.eye(d)


def orthogonal_init(d: int, seed: int) -> np.ndarray:
    """A (d, d) orthogonal matrix, decided by `seed`: drawn at random."""
    rng = np.random.default_rng(seed)
    gaussian = rng.normal(size=(d, d))
    return gaussian / np.linalg.norm(gaussian, 2)


def scale_to_radius(W: np.ndarray, rho: float) -> np.ndarray:
    """W times the positive number that makes its spectral radius `rho`."""
    # eigvals, not eigvalsh: W need not be symmetric. abs of a complex number is its magnitude.
    radius = np.abs(np.linalg.eigvals(W)).max()
    if radius == 0:
        raise ValueError("The zero matrix has radius 0, and no factor changes that.")

    # Eigenvalues grow with the matrix: those of s W are s times those of W.
    return W * (rho / radius)
