r"""Your radius is the root of the norm of one power, $\lVert W^k \rVert^{1/k}$. In the limit that *is* the radius, but
a fixed $k$ stops short of the limit.

Take `W = [[0, 4], [0.16, 0]]`, whose radius is $0.8$. The norm of $W^{11}$ is that of $W$ times $0.64^5$, and its 11th
root is $0.93$: too large, since one factor of 4 is still in it. With $k = 101$ it is $0.81$: better, but never quite
right.

The powers do hold the radius, but slowly; something else about $W$ holds it exactly.
"""

import numpy as np


def spectral_radius(W):
    return float(np.linalg.norm(np.linalg.matrix_power(W, 50), 2) ** (1 / 50))


def regime(W, tol=1e-6):
    rho = spectral_radius(W)
    if abs(rho - 1) <= tol:
        return "marginal"
    return "vanishing" if rho < 1 else "exploding"


def power_norms(W, steps):
    return np.array([np.linalg.norm(np.linalg.matrix_power(W, k), 2) for k in range(steps + 1)])
