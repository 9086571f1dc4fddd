r"""The radius is rounded to a few decimals here. Near 1 the decimals that are dropped decide.

A radius of $1.00004$ rounds to 1, and whoever goes by that calls it marginal. Yet over 100 000 steps it makes a gradient about 55 times as long.
`tol` is the caller's way to say how near to 1 is near enough; rounding overrules it.

Round when you print, and not before.
"""

import numpy as np


def spectral_radius(W):
    return float(np.round(np.max(np.abs(np.linalg.eigvals(W))), 3))


def regime(W, tol=1e-6):
    rho = spectral_radius(W)
    if abs(rho - 1) <= tol:
        return "marginal"
    return "vanishing" if rho < 1 else "exploding"


def power_norms(W, steps):
    return np.array([np.linalg.norm(np.linalg.matrix_power(W, k), 2) for k in range(steps + 1)])
