r"""Your norms are Frobenius norms, roots of the sum of all squared entries. That is what `np.linalg.norm` returns for a
matrix unless you say which norm you want.

Look at entry 0. The identity changes no vector's length, so its spectral norm is $1$. The Frobenius norm of the $2 \times 2$
identity is $\sqrt{2} = 1.414$, and in $d$ dimensions it is $\sqrt{d}$: it adds up what all directions do.

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
    return np.array([np.linalg.norm(np.linalg.matrix_power(W, k)) for k in range(steps + 1)])
