r"""Your norm is the largest entry of the power, by its size. But many small entries can pull together.

Take the $2 \times 2$ matrix with $0.5$ everywhere. Its largest entry is $0.5$. Apply it to $(1, 1)$: each row adds $0.5 + 0.5 = 1$, and out comes $(1, 1)$, not shorter at all, after any number of
steps. For the identity, at entry 0, the two agree.

A norm asks what happens to a whole vector, in the worst direction. No single entry knows that.
"""

import numpy as np


def spectral_radius(W):
    return float(np.max(np.abs(np.linalg.eigvals(W))))


def regime(W, tol=1e-6):
    rho = spectral_radius(W)
    if abs(rho - 1) <= tol:
        return "marginal"
    return "vanishing" if rho < 1 else "exploding"


def power_norms(W, steps):
    norms = np.ones(steps + 1)
    for k in range(1, steps + 1):
        norms[k] = np.max(np.abs(np.linalg.matrix_power(W, k)))
    return norms
