r"""Here the norm stands where the radius is asked for. The norm says what one step can do at worst; the radius says what many steps do.

Take `W = [[0, 4], [0.16, 0]]`. One step can stretch a vector by $\lVert W \rVert = 4$. But two steps are $W^2 = 0.64\, I$: whatever the
first one gained, the second one loses. Its eigenvalues are $\pm 0.8$, so it vanishes, and the norm of a single step doesn't show that.

For a symmetric matrix the two numbers are equal, so an example with one hides the difference. Where $\rho$ is asked for, look at the eigenvalues of $W$, not at
its singular values.
"""

import numpy as np


def spectral_radius(W):
    return float(np.linalg.norm(W, 2))


def regime(W, tol=1e-6):
    rho = spectral_radius(W)
    if abs(rho - 1) <= tol:
        return "marginal"
    return "vanishing" if rho < 1 else "exploding"


def power_norms(W, steps):
    return np.array([np.linalg.norm(np.linalg.matrix_power(W, k), 2) for k in range(steps + 1)])
