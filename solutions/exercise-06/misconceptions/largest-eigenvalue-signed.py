r"""Your radius comes from the eigenvalue that is largest as numbers are ordered, and in that order $0.5$ is larger than $-1.2$.

Take `W = [[-1.2, 0], [0, 0.5]]`. The largest eigenvalue in that sense is $0.5$, which promises that gradients vanish. But the first
direction is multiplied by $-1.2$ at each step: after $10$ steps its length is $1.2^{10} = 6.19$. The sign only flips it to and fro.

What counts is how far an eigenvalue lies from zero. So take all magnitudes first, and the largest of them after that.
"""

import numpy as np


def spectral_radius(W):
    return float(np.max(np.linalg.eigvals(W).real))


def regime(W, tol=1e-6):
    rho = spectral_radius(W)
    if abs(rho - 1) <= tol:
        return "marginal"
    return "vanishing" if rho < 1 else "exploding"


def power_norms(W, steps):
    return np.array([np.linalg.norm(np.linalg.matrix_power(W, k), 2) for k in range(steps + 1)])
