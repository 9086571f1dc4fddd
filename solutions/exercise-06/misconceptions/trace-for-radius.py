r"""Your radius is the size of the trace. The trace is the *sum* of the eigenvalues, and a sum can be larger or smaller than each of its terms.

Take `W = [[0.6, 0], [0, 0.5]]`. The trace is $1.1$, which says exploding. But no direction grows: one is multiplied by $0.6$ at each step, the other by $0.5$.
The other way round, `[[0.9, 0], [0, -0.9]]` has trace $0$ and is far from dead.

Over many steps the eigenvalues don't add up; each acts in its own direction, and the one of largest magnitude survives longest.
"""

import numpy as np


def spectral_radius(W):
    return float(abs(np.trace(W)))


def regime(W, tol=1e-6):
    rho = spectral_radius(W)
    if abs(rho - 1) <= tol:
        return "marginal"
    return "vanishing" if rho < 1 else "exploding"


def power_norms(W, steps):
    return np.array([np.linalg.norm(np.linalg.matrix_power(W, k), 2) for k in range(steps + 1)])
