r"""Your norms have the precision of `float32`, which networks often use. It keeps about seven digits, and the contract asks for `float64`.

Take `W = [[1.1]]`. Where single precision is used from the start, it is stored as $1.10000002$, an error of $2.2 \cdot 10^{-8}$ of its size. A power multiplies that by its
exponent: the norm of $W^{100}$ is off by more than $2 \cdot 10^{-6}$ of its size, and only $10^{-6}$ counts as right.

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
