r"""Your radius is the *square* of the magnitude. Perhaps the squares of the real and the imaginary part are added, and the root is missing.

Take `W = [[0.5, 0], [0, 0.1]]`. The largest eigenvalue is $0.5$, and yours comes out as $0.25$. At a magnitude of exactly 1 the two agree,
and well below or above it whoever goes by yours still names the right regime, so that only the numbers show it. Near 1 the square lies about twice as far from 1 as the
magnitude does, and `tol` may let only the magnitude pass.

The magnitude is a length, in the plane of complex numbers: Pythagoras, with the root.
"""

import numpy as np


def spectral_radius(W):
    values = np.linalg.eigvals(W)
    return float(np.max(values.real**2 + values.imag**2))


def regime(W, tol=1e-6):
    rho = spectral_radius(W)
    if abs(rho - 1) <= tol:
        return "marginal"
    return "vanishing" if rho < 1 else "exploding"


def power_norms(W, steps):
    return np.array([np.linalg.norm(np.linalg.matrix_power(W, k), 2) for k in range(steps + 1)])
