r"""Your radius is the root of the norm of one power, $\lVert W^k \rVert^{1/k}$. In the limit that *is* the radius, but
a fixed $k$ stops short of the limit.

Take `W = [[0.9, 1], [0, 0.9]]`, whose radius is $0.9$. $W^{50}$ is `[[1, 55.6], [0, 1]]` times $0.9^{50}$, and the 50th
root of its norm is $0.975$: too large, since the 55.6 is still in it. With $k = 1000$ it is $0.906$: better, but never
quite right.

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
