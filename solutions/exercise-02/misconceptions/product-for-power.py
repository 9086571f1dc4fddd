r"""Your entries are the rate times the number of steps. That is what repeated *adding* comes to. A gradient is
*multiplied* at every step.

Take $\rho = 0.5$ and three steps: $1 \to 0.5 \to 0.25 \to 0.125$. Your entry is $0.5 \cdot 3 = 1.5$, as if halving
something three times made it larger. After no step at all you say $0$, though nothing was lost yet.

Adding the same number $T$ times is a product; multiplying by the same number $T$ times is a power.
"""

import numpy as np


def decay_table(rhos, horizons):
    return rhos[:, None] * horizons


def horizon(rho, eps=1e-3):
    if not 0 < rho < 1:
        raise ValueError(f"rho must lie strictly between 0 and 1, it is {rho}")
    if not eps > 0:
        raise ValueError(f"eps must be positive, it is {eps}")
    crossing = np.log(eps) / np.log(rho)
    return max(0, int(np.floor(crossing)) + 1)
