r"""A threshold above one is refused here, perhaps because a threshold is usually a fraction. It is unusual, but
it has an answer.

Take $\rho = 0.5$ and $\varepsilon = 3$. Before any step the product is $1$, and $1 < 3$ already. So the smallest
$T \ge 0$ is 0, and nothing is wrong.

Refuse what has no answer, and only what the contract refuses: a rate outside $0 < \rho < 1$ and a threshold that
isn't positive.
"""

import numpy as np


def decay_table(rhos, horizons):
    return rhos[:, None] ** horizons


def horizon(rho, eps=1e-3):
    if not 0 < rho < 1:
        raise ValueError(f"rho must lie strictly between 0 and 1, it is {rho}")
    if not 0 < eps < 1:
        raise ValueError(f"eps must be positive, it is {eps}")
    crossing = np.log(eps) / np.log(rho)
    return max(0, int(np.floor(crossing)) + 1)
