r"""Your power raises each entry by itself, as `W**k` does for a NumPy array; no row ever meets a column.

Take `W = [[0, 4], [0.16, 0]]`. `W**2` is `[[0, 16], [0.0256, 0]]`, with norm $16$. Two steps of the network are `W @ W`, which is $0.64\, I$, with
norm $0.64$. And `W**0` is all ones, of norm $2$ here, where zero steps should be the identity, of norm $1$.

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
    return np.array([np.linalg.norm(W**k, 2) for k in range(steps + 1)])
