r"""The second matrix of a size gets the answer to the first here. Perhaps answers are kept for later, but under the size of
the matrix alone; the radius depends on its entries.

Ask for the radius of `[[0.5]]`, then of `[[2.0]]`: both times your program says $0.5$.

An answer may be kept under *everything* that it depends on, or not at all.
"""

import numpy as np


_known = {}


def spectral_radius(W):
    if W.shape not in _known:
        _known[W.shape] = float(np.max(np.abs(np.linalg.eigvals(W))))
    return _known[W.shape]


def regime(W, tol=1e-6):
    rho = spectral_radius(W)
    if abs(rho - 1) <= tol:
        return "marginal"
    return "vanishing" if rho < 1 else "exploding"


def power_norms(W, steps):
    return np.array([np.linalg.norm(np.linalg.matrix_power(W, k), 2) for k in range(steps + 1)])
