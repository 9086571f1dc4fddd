r"""Your list has `steps` numbers. But `steps` steps make one more, as a fence of 3 panels has 4 posts: the norm before any step belongs to the list too.

Take `steps = 2`. The list runs over $k = 0, 1, 2$: three entries, the norms of $I$, $W$ and $W^2$. The first is always $1$, since the identity changes nothing.
A range that starts at 1 loses that one; a range that ends before `steps` loses the last.

Check the shape, `(steps + 1,)`, and that entry `k` belongs to $W^k$.
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
    return np.array([np.linalg.norm(np.linalg.matrix_power(W, k), 2) for k in range(1, steps + 1)])
