r"""An end of the interval gets through here, or both, as with `<=` in place of `<`. The contract says *strictly* between.

At $\rho = 1$ every power is $1$, after any number of steps: nothing falls, so no threshold below one is ever
passed, and $\log 1 = 0$ ends up in the denominator. At $\rho = 0$ there is nothing left to decay after one step, and $\log 0$ doesn't exist.

Whenever you write a range, try its two ends by hand. Do they belong to it?
"""

import numpy as np


def decay_table(rhos, horizons):
    return rhos[:, None] ** horizons


def horizon(rho, eps=1e-3):
    if not 0 <= rho <= 1:
        raise ValueError(f"rho must lie strictly between 0 and 1, it is {rho}")
    if not eps > 0:
        raise ValueError(f"eps must be positive, it is {eps}")
    crossing = np.log(eps) / np.log(rho)
    return max(0, int(np.floor(crossing)) + 1)
