r"""Your matrix has the Frobenius norm 1: the squares of all its entries together add up to 1. In an orthogonal matrix those of *each column* do, so that all together come to $d$.
Take the identity of two units: its Frobenius norm is $\sqrt 2 = 1.41$, though it changes no vector. Divided by that it would shorten every vector to 0.707, and to 0.03 in ten steps; yours shortens every
vector, too. Nor does a factor make columns perpendicular to each other. With one unit the two agree, for only 1 and −1 have that norm. Print $Q^\top Q$ for two units.
"""

import numpy as np


def identity_init(d: int, scale: float = 1.0) -> np.ndarray:
    """`scale` times the (d, d) identity."""
    return scale * np.eye(d)


def orthogonal_init(d: int, seed: int) -> np.ndarray:
    """A (d, d) orthogonal matrix, decided by `seed`: drawn at random."""
    rng = np.random.default_rng(seed)
    gaussian = rng.normal(size=(d, d))
    return gaussian / np.linalg.norm(gaussian)


def scale_to_radius(W: np.ndarray, rho: float) -> np.ndarray:
    """W times the positive number that makes its spectral radius `rho`."""
    # eigvals, not eigvalsh: W need not be symmetric. abs of a complex number is its magnitude.
    radius = np.abs(np.linalg.eigvals(W)).max()
    if radius == 0:
        raise ValueError("The zero matrix has radius 0, and no factor changes that.")

    # Eigenvalues grow with the matrix: those of s W are s times those of W.
    return W * (rho / radius)
