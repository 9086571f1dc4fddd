r"""Your two words have changed places: a radius below one gets "exploding", one above gets "vanishing".

Take `W = [[0.5, 0], [0, 0.5]]`. Each step halves every vector; after ten steps a thousandth is left. That is vanishing, and your
program calls it exploding.

Say the rule aloud with a number in it: "a half is less than one, so it is ...". Does your line say the same?
"""

import numpy as np


def spectral_radius(W):
    return float(np.max(np.abs(np.linalg.eigvals(W))))


def regime(W, tol=1e-6):
    rho = spectral_radius(W)
    if abs(rho - 1) <= tol:
        return "marginal"
    return "vanishing" if rho > 1 else "exploding"


def power_norms(W, steps):
    return np.array([np.linalg.norm(np.linalg.matrix_power(W, k), 2) for k in range(steps + 1)])
