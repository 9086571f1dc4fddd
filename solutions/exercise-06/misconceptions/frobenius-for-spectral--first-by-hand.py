r"""From the first power on, your norms are Frobenius norms, roots of the sum of all squared entries. That is what `np.linalg.norm` returns for a matrix unless you say which
norm you want. Entry 0 is right, which is always $1$; perhaps it was set by hand.

Take the $2 \times 2$ matrix $0.5\, I$: it halves every vector, so its spectral norm is $0.5$. Your norm of it is $0.5 \sqrt{2} = 0.707$: it adds up what all directions do.

The spectral norm asks only about the worst direction: the largest singular value.
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
        norms[k] = np.linalg.norm(np.linalg.matrix_power(W, k))
    return norms
