r"""Your eigenvalues are not those of $W$ but of a symmetric matrix, as from a solver for such ones (`eigvalsh`, `eigh`), perhaps because they come out
real. Such a solver never checks that $W$ is symmetric.

Take `W = [[0.5, 0], [2, 0.4]]`. It is triangular, so its eigenvalues stand on the diagonal and $\rho(W) = 0.5$. `eigvalsh` reads only the lower
triangle, works on `[[0.5, 2], [2, 0.4]]` instead, and finds $2.45$: exploding, where $W$ vanishes. Making $W$ symmetric by hand,
with $(W + W^\top)/2$, is a change of matrix just the same.

A recurrent matrix is hardly ever symmetric. Use the general solver, and expect complex eigenvalues from it.
"""

import numpy as np


def spectral_radius(W):
    return float(np.max(np.abs(np.linalg.eigvalsh(W))))


def regime(W, tol=1e-6):
    rho = spectral_radius(W)
    if abs(rho - 1) <= tol:
        return "marginal"
    return "vanishing" if rho < 1 else "exploding"


def power_norms(W, steps):
    return np.array([np.linalg.norm(np.linalg.matrix_power(W, k), 2) for k in range(steps + 1)])
