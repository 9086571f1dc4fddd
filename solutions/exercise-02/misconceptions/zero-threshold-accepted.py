r"""A threshold of $\varepsilon = 0$ gets through here, perhaps because only the rate is tested. A product of
positive numbers never gets below zero.

Take $\rho = 0.5$ and $\varepsilon = 0$. However often you halve, something positive is left: there is no first step
below zero. A logarithm turns this into an infinite answer, and a loop never ends.

Before you compute "the smallest $T$", ask whether there is one. Here there isn't, and the contract says what to
raise.
"""

import numpy as np


def decay_table(rhos, horizons):
    return rhos[:, None] ** horizons


def horizon(rho, eps=1e-3):
    if not 0 < rho < 1:
        raise ValueError(f"rho must lie strictly between 0 and 1, it is {rho}")
    crossing = np.log(eps) / np.log(rho)
    return max(0, int(np.floor(crossing)) + 1)
