r"""Your program returns a negative number of steps. For a threshold above one the formula puts the crossing
*before* the start.

Take $\rho = 0.5$ and $\varepsilon = 3$. The crossing is at $-1.58$, and the first whole number beyond it is $-1$.
Indeed $0.5^{-1} = 2$ is below $3$. But nobody takes $-1$ steps: counting starts at 0, and there the product is $1$,
which is below $3$ already.

The contract says $T \ge 0$. A formula doesn't know that unless you tell it.
"""

import numpy as np


def decay_table(rhos, horizons):
    return rhos[:, None] ** horizons


def horizon(rho, eps=1e-3):
    if not 0 < rho < 1:
        raise ValueError(f"rho must lie strictly between 0 and 1, it is {rho}")
    if not eps > 0:
        raise ValueError(f"eps must be positive, it is {eps}")
    crossing = np.log(eps) / np.log(rho)
    return int(np.floor(crossing)) + 1
