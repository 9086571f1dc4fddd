r"""Your quotient of the two logarithms is upside down, as in `log(rho) / log(eps)` or `math.log(rho, eps)`: it asks how often $\varepsilon$ is multiplied to
give $\rho$.

Take $\rho = 0.5$ and $\varepsilon = 0.001$. There $\log \rho / \log \varepsilon = 0.1$, in any base, so you say 1. But after one step $0.5$ is left; it takes 10 halvings to get below a
thousandth.

$T$ stands in the exponent, over $\rho$: $T \log \rho < \log \varepsilon$. What do you divide by, so that $T$ stands alone?
"""

import numpy as np


def decay_table(rhos, horizons):
    return rhos[:, None] ** horizons


def horizon(rho, eps=1e-3):
    if not 0 < rho < 1:
        raise ValueError(f"rho must lie strictly between 0 and 1, it is {rho}")
    if not eps > 0:
        raise ValueError(f"eps must be positive, it is {eps}")
    crossing = np.log(rho) / np.log(eps)
    return max(0, int(np.floor(crossing)) + 1)
