r"""Your radius is the smallest magnitude among the eigenvalues. That one belongs to the direction that dies first; the
radius is about the one that lasts longest.

Take `W = [[2, 0], [0, 0.1]]`. Along the first axis each step doubles a gradient: it explodes. Yours says $0.1$, vanishing.

What remains of a sum of powers after many steps: the fastest to die, or the slowest?
"""

import numpy as np


def spectral_radius(W):
    return float(np.min(np.abs(np.linalg.eigvals(W))))


def regime(W, tol=1e-6):
    rho = spectral_radius(W)
    if abs(rho - 1) <= tol:
        return "marginal"
    return "vanishing" if rho < 1 else "exploding"


def power_norms(W, steps):
    return np.array([np.linalg.norm(np.linalg.matrix_power(W, k), 2) for k in range(steps + 1)])
