r"""Your matrix is the identity for every seed. It is orthogonal, that's true, but nothing in it is drawn. As a
start it makes every unit listen to itself alone; all units do the same thing, and only their inputs make them
differ. There are infinitely many orthogonal matrices: for $d = 2$ alone, every rotation and every reflection. The
seed is to pick one.
"""

import numpy as np


def identity_init(d: int, scale: float = 1.0) -> np.ndarray:
    """`scale` times the (d, d) identity."""
    return scale * np.eye(d)


def orthogonal_init(d: int, seed: int) -> np.ndarray:
    """A (d, d) orthogonal matrix."""
    return np.eye(d)


def scale_to_radius(W: np.ndarray, rho: float) -> np.ndarray:
    """W times the positive number that makes its spectral radius `rho`."""
    # eigvals, not eigvalsh: W need not be symmetric. abs of a complex number is its magnitude.
    radius = np.abs(np.linalg.eigvals(W)).max()
    if radius == 0:
        raise ValueError("The zero matrix has radius 0, and no factor changes that.")

    # Eigenvalues grow with the matrix: those of s W are s times those of W.
    return W * (rho / radius)
