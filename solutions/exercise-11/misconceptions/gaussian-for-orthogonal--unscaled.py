r"""Your matrix behaves like plain random numbers of size 1: the squared length of a column is about $d$, where 1 is asked for. With 24 units a column is about $\sqrt{24} = 4.9$ long, and
one step makes a vector about 4.9 times as long, too. A division by $\sqrt d$ would bring the lengths near 1, but only on average, and random columns are hardly ever perpendicular to each other. A random
matrix can be the raw material, but something has to be done to it. Print $Q^\top Q$ for two units, and compare it with the identity.
"""

import numpy as np


def identity_init(d: int, scale: float = 1.0) -> np.ndarray:
    """`scale` times the (d, d) identity."""
    return scale * np.eye(d)


def orthogonal_init(d: int, seed: int) -> np.ndarray:
    """A (d, d) orthogonal matrix, decided by `seed`: drawn at random."""
    rng = np.random.default_rng(seed)
    return rng.normal(size=(d, d))


def scale_to_radius(W: np.ndarray, rho: float) -> np.ndarray:
    """W times the positive number that makes its spectral radius `rho`."""
    # eigvals, not eigvalsh: W need not be symmetric. abs of a complex number is its magnitude.
    radius = np.abs(np.linalg.eigvals(W)).max()
    if radius == 0:
        raise ValueError("The zero matrix has radius 0, and no factor changes that.")

    # Eigenvalues grow with the matrix: those of s W are s times those of W.
    return W * (rho / radius)
