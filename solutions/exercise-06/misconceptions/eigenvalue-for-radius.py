r"""Your radius is the right eigenvalue, the one of largest magnitude, but the eigenvalue itself (of a complex one, its real
part). The radius is its *magnitude*.

Take `W = [[-2, 0], [0, 0.5]]`. The eigenvalue is $-2$, the radius is 2. A `regime` that goes by $-2$ says "vanishing", since $-2$ lies
below 1, though every step doubles what lies along the first axis (and turns it round).

To choose by magnitude, as `max(..., key=abs)` and `argmax` do, still leads to the eigenvalue itself. One more step is missing.
"""

import numpy as np


def spectral_radius(W):
    return float(np.real(max(np.linalg.eigvals(W), key=abs)))


def regime(W, tol=1e-6):
    rho = spectral_radius(W)
    if abs(rho - 1) <= tol:
        return "marginal"
    return "vanishing" if rho < 1 else "exploding"


def power_norms(W, steps):
    return np.array([np.linalg.norm(np.linalg.matrix_power(W, k), 2) for k in range(steps + 1)])
