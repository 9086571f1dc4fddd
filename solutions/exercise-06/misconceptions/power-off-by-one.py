r"""Your list begins at $W^1$ and ends one power too late. It has the right length, but each entry stands one place too early.

Take `W = [[2]]` and 2 steps. The norms of $W^0$, $W^1$, $W^2$ are 1, 2 and 4; yours are 2, 4 and 8.

Entry $k$ belongs to $k$ steps. What has happened to a vector before the first step?
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
        power = power @ W
        norms.append(np.linalg.norm(power, 2))
    return np.array(norms)
