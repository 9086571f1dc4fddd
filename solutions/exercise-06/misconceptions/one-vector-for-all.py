r"""Your norms follow a single vector through the steps and measure how long it gets. The norm asks for the *most* that
any vector of length 1 can be stretched.

Take `W = [[2, 0], [0, 0.5]]`. It doubles $(1, 0)$ and halves $(0, 1)$, so its norm is 2. The vector $(1, 1)$ is stretched by a
factor in between, and one that happens to lie along the second axis only shrinks.

One vector gives one number that the norm can't fall below. Which function of the matrix gives the largest over all of them?
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
    vector = np.ones(len(W)) / np.sqrt(len(W))
    norms = []
    for _ in range(steps + 1):
        norms.append(np.linalg.norm(vector))
        vector = W @ vector
    return np.array(norms)
