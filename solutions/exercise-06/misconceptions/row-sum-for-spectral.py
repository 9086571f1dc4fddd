r"""Your norm is a largest row sum or column sum, which is what the orders `np.inf` and `1` mean for a matrix. These are sums of absolute values, not the
largest stretch of a vector's length.

Take `W = [[0.6, -0.8], [0.8, 0.6]]`, a rotation: it changes no length, so its spectral norm is $1$. Its largest row sum is $0.6 + 0.8 = 1.4$, as
if a rotation made vectors longer.

The spectral norm is the largest *singular value*. Look up which order of `np.linalg.norm` returns that.
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
    return np.array([np.linalg.norm(np.linalg.matrix_power(W, k), np.inf) for k in range(steps + 1)])
