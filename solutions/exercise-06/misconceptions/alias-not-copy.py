r"""On the way the matrix that you multiply by is changed, and so is the caller's. Perhaps `P = W` is meant as a copy of $W$. It makes none: `P` and `W`
are two names of one array, and `P @= W` overwrites it.

Take $W = 2$, as a $1 \times 1$ matrix. After the first `P @= W` both names mean $4$; the next one is $4 \cdot 4 = 16$, where $W^3 = 8$. Your norms
run $1, 2, 4, 16$ instead of $1, 2, 4, 8$.

`=` gives a name, it doesn't copy. Make a new array at each step, or start from a real copy.
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
    norms = [1.0]
    P = W
    for _ in range(steps):
        norms.append(np.linalg.norm(P, 2))
        P @= W
    return np.array(norms)
