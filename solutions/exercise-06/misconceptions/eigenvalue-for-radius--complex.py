r"""Your radius is the right eigenvalue, the one of largest magnitude, but the eigenvalue itself, with its sign or its imaginary
part. The radius is its *magnitude*.

Take `W = [[-2, 0], [0, 0.5]]`. The eigenvalue is $-2$, the radius is 2: every step doubles what lies along the first axis (and turns it round). Or take
`W = [[0, -0.9], [0.9, 0]]`, a quarter turn that also shrinks. You return one of its eigenvalues $\pm 0.9i$, but the caller asked how much
of a length each step keeps.

To choose by magnitude, as `max(..., key=abs)` and `argmax` do, still leads to the eigenvalue itself. One more step is missing.
"""

import numpy as np


def spectral_radius(W):
    return max(np.linalg.eigvals(W), key=abs)


def regime(W, tol=1e-6):
    rho = spectral_radius(W)
    if abs(rho - 1) <= tol:
        return "marginal"
    return "vanishing" if rho < 1 else "exploding"


def power_norms(W, steps):
    return np.array([np.linalg.norm(np.linalg.matrix_power(W, k), 2) for k in range(steps + 1)])
