"""Exercise 11: three starts for the recurrent weights."""

import numpy as np


def identity_init(d: int, scale: float = 1.0) -> np.ndarray:
    """`scale` times the (d, d) identity, float64; d >= 1."""
    raise NotImplementedError("Write identity_init: replace this line.")


def orthogonal_init(d: int, seed: int) -> np.ndarray:
    """A (d, d) orthogonal matrix, float64, drawn at random and decided by `seed`.

    d >= 1; seed is an integer from 0 to 2**32 - 1. Equal arguments give equal matrices; other seeds,
    if d > 1, other ones.
    """
    raise NotImplementedError("Write orthogonal_init: replace this line.")


def scale_to_radius(W: np.ndarray, rho: float) -> np.ndarray:
    """W times the positive number that makes its spectral radius `rho`.

    W: (d, d) float64, any square matrix with an eigenvalue other than zero. Not changed.
    rho: the radius to reach, above 0.
    Raises ValueError if W is all zeros.
    """
    raise NotImplementedError("Write scale_to_radius: replace this line.")
