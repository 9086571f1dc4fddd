r"""A rate of one or more gets through here, perhaps because only its sign is tested. But such a rate never gets
below a small threshold.

Take $\rho = 1$: every power is $1$. Take $\rho = 1.3$: after 5 steps you have $1.3^5 = 3.71$, and it only grows. No
$T$ fits, yet a formula still puts out some number, or divides by zero, and a loop never ends, or
ends in an overflow.

A function that is asked for something that doesn't exist should say so. Where does the contract draw the line, and
what should happen beyond it?
"""

import numpy as np


def decay_table(rhos, horizons):
    return rhos[:, None] ** horizons


def horizon(rho, eps=1e-3):
    if not 0 < rho:
        raise ValueError(f"rho must lie strictly between 0 and 1, it is {rho}")
    if not eps > 0:
        raise ValueError(f"eps must be positive, it is {eps}")
    crossing = np.log(eps) / np.log(rho)
    return max(0, int(np.floor(crossing)) + 1)
