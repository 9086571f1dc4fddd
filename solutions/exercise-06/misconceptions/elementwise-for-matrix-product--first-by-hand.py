r"""Your power raises each entry by itself, as `W**k` does for a NumPy array; no row ever meets a column. Entry 0 is right, and entry 1; perhaps the first was set by hand.

Take `W = [[0, 4], [0.16, 0]]`. `W**2` is `[[0, 16], [0.0256, 0]]`, with norm $16$. Two steps of the network are `W @ W`, which is $0.64\, I$, with
norm $0.64$.

A power that stands for $k$ steps is a product of $k$ matrices.
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
    norms = np.ones(steps + 1)
    for k in range(1, steps + 1):
        norms[k] = np.linalg.norm(W**k, 2)
    return norms
