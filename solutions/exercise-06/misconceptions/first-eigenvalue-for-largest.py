r"""Your radius comes from one fixed place in the solver's list of eigenvalues. A solver promises no order: which one
stands there depends on the matrix.

Take `W = [[0.2, 0], [0, 0.9]]`. The eigenvalues come as they stand on the diagonal, $0.2$ and $0.9$. The first is
$0.2$, as if everything were gone after a few steps, but the direction of the second unit lasts much longer. Let the two
units change places, and it is the last that misleads.

Which one counts has to be looked for.
"""

import numpy as np


def spectral_radius(W):
    return float(np.abs(np.linalg.eigvals(W)[0]))


def regime(W, tol=1e-6):
    rho = spectral_radius(W)
    if abs(rho - 1) <= tol:
        return "marginal"
    return "vanishing" if rho < 1 else "exploding"


def power_norms(W, steps):
    return np.array([np.linalg.norm(np.linalg.matrix_power(W, k), 2) for k in range(steps + 1)])
