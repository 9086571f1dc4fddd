r"""Your norm of $W^k$ is $\rho^k$ at every $k$. That is the size of its largest eigenvalue. For a normal matrix the norm equals it. For most others only the root
$\lVert W^k \rVert^{1/k}$, the average growth of a step, comes near $\rho$, and only as $k$ grows.

Take `W = [[0, 4], [0.16, 0]]` with $\rho(W) = 0.8$. Already at $k = 1$ your entry is $0.8$, but $W$ takes the vector $(0, 1)$ to $(4, 0)$: it makes it
4 times as long.

$\rho^k$ is a *lower* bound of $\lVert W^k \rVert$. The growth that can come before the decay is just what it doesn't show: measure the
largest singular value of the power itself.
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
    return spectral_radius(W) ** np.arange(steps + 1.0)
