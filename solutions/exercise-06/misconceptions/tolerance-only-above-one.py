r"""Your tolerance works above 1, but not below. Perhaps the first question is whether $\rho < 1$, and `tol` is used only for what is left.

Take $\rho = 0.9999996$ with `tol = 1e-6`. Its distance from 1 is $0.0000004$, smaller than `tol`, so it is marginal; your program
calls it vanishing. Its mirror image $1.0000004$ comes out right.

The band of marginal radii has two ends, one on each side of 1. Draw it, and make each end a comparison.
"""

import numpy as np


def spectral_radius(W):
    return float(np.max(np.abs(np.linalg.eigvals(W))))


def regime(W, tol=1e-6):
    rho = spectral_radius(W)
    if rho < 1:
        return "vanishing"
    if rho <= 1 + tol:
        return "marginal"
    return "exploding"


def power_norms(W, steps):
    return np.array([np.linalg.norm(np.linalg.matrix_power(W, k), 2) for k in range(steps + 1)])
