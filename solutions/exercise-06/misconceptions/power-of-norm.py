r"""Your norm of a power is the power of the norm, as if $\lVert W^k \rVert = \lVert W \rVert^k$. That holds for numbers and for normal
matrices, but for most others only as an upper bound.

Take `W = [[0, 4], [0.16, 0]]`. Then $\lVert W \rVert^2 = 16$, but $W^2 = 0.64\, I$ has norm $0.64$. The direction that the first step stretches by 4 is
one that the second step shrinks.

The bound is reached only if each step hands on a vector that the next one stretches most. To know the norm of a product, form the product first and
measure it then.
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
    return np.linalg.norm(W, 2) ** np.arange(steps + 1.0)
