r"""Your radius has the precision of `float32`, which networks often use. It keeps about seven digits, and the contract asks for `float64`.

Take a radius of $1 + 10^{-8}$. In single precision that is 1 exactly, since the nearest number above 1 lies about $10^{-7}$ away: whoever
asks with a tolerance of $10^{-9}$ gets the wrong regime.

Which type does the argument have, and does your function keep it?
"""

import numpy as np


def spectral_radius(W):
    return float(np.max(np.abs(np.linalg.eigvals(W.astype(np.float32)))))


def regime(W, tol=1e-6):
    rho = spectral_radius(W)
    if abs(rho - 1) <= tol:
        return "marginal"
    return "vanishing" if rho < 1 else "exploding"


def power_norms(W, steps):
    W = W.astype(np.float32)
    return np.array([np.linalg.norm(np.linalg.matrix_power(W, k), 2) for k in range(steps + 1)])
