r"""Your radius is the size of the determinant, or a root of it. The determinant is the *product* of all eigenvalues: how a step changes volumes, not how far it stretches the direction that it
stretches most.

Take `W = [[2, 0], [0, 0.1]]`. The determinant is $0.2$, and even its root for two dimensions is only $\sqrt{0.2} = 0.447$: vanishing, it seems.
But the first direction doubles at every step. Volume shrinks while length explodes.

A single large eigenvalue is enough to explode, whatever the others do. Ask for the largest magnitude, not for a product or a mean.
"""

import numpy as np


def spectral_radius(W):
    return float(abs(np.linalg.det(W)) ** (1 / len(W)))


def regime(W, tol=1e-6):
    rho = spectral_radius(W)
    if abs(rho - 1) <= tol:
        return "marginal"
    return "vanishing" if rho < 1 else "exploding"


def power_norms(W, steps):
    return np.array([np.linalg.norm(np.linalg.matrix_power(W, k), 2) for k in range(steps + 1)])
