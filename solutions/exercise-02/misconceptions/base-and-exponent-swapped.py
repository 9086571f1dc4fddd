r"""Your power is the wrong way round: the number of steps is the base.

Take $\rho = 0.5$ and $T = 4$. Halving four times leaves $0.5^4 = 0.0625$. Yours is $4^{0.5} = 2$, and it grows with
every step, although each step halves.

In $\rho^T$ the base is what you multiply by, the exponent is how often. A quick test: along a row with a rate below
one, the entries must fall as the horizon grows.
"""

import numpy as np


def decay_table(rhos, horizons):
    return horizons ** rhos[:, None]


def horizon(rho, eps=1e-3):
    if not 0 < rho < 1:
        raise ValueError(f"rho must lie strictly between 0 and 1, it is {rho}")
    if not eps > 0:
        raise ValueError(f"eps must be positive, it is {eps}")
    crossing = np.log(eps) / np.log(rho)
    return max(0, int(np.floor(crossing)) + 1)
