r"""You hand back the first norm alone. Perhaps your `return` stands inside the loop over the powers: a function ends at its
first `return`.

Take any matrix and 3 steps. Four norms are due, for $k = 0, 1, 2, 3$; yours has one entry, that of $W^0$. With 0 steps nothing
shows.

Python goes by indentation alone: a line belongs to the loop if it stands as far in as the loop's body.
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
    norms, power = [], np.eye(len(W))
    for _ in range(steps + 1):
        norms.append(np.linalg.norm(power, 2))
        power = power @ W
        return np.array(norms)
