"""The reference of exercise 02: powers by broadcasting, the horizon by logarithms."""

import numpy as np


def decay_table(rhos: np.ndarray, horizons: np.ndarray) -> np.ndarray:
    """Return rhos[i] to the power horizons[j] at [i, j]."""
    return rhos[:, None] ** horizons


def horizon(rho: float, eps: float = 1e-3) -> int:
    """Return the smallest T >= 0 with rho**T < eps."""
    if not 0 < rho < 1:
        raise ValueError(f"rho must lie strictly between 0 and 1, it is {rho}")
    if not eps > 0:
        raise ValueError(f"eps must be positive, it is {eps}")
    # T log(rho) < log(eps). Dividing by log(rho), which is negative, turns the sign: T > log(eps) / log(rho).
    crossing = np.log(eps) / np.log(rho)
    # The first whole number beyond the crossing; 0 or less if eps is above one, where no step is needed.
    return max(0, int(np.floor(crossing)) + 1)
