r"""Your norms come in a list, or in a tuple. It prints like an array, but it doesn't compute like one.

Take the norms `[1.0, 0.5]`. As a list, `2 * norms` is `[1.0, 0.5, 1.0, 0.5]`, twice as long (so is a tuple); as an array it is `[2.0, 1.0]`. And a slice
by a mask or `norms.shape` works on the array only.

The contract promises a float64 array of shape `(steps + 1,)`. Collect in a list if you like, and turn it into an array
before you hand it back.
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
    return [float(np.linalg.norm(np.linalg.matrix_power(W, k), 2)) for k in range(steps + 1)]
