r"""Your table cuts the entries off at 1, as if a share could never be more than the whole. But a rate above one doesn't
leave a share: it makes a gradient grow.

Take $\rho = 1.5$: three steps make it $1.5^3$, more than three times as long, and your table says 1: nothing happened.
An explosion is exactly what this table should show.

A limit in the middle of a computation hides what one wants to see.
"""

import numpy as np


def decay_table(rhos, horizons):
    return np.minimum(rhos[:, None] ** horizons, 1.0)


def horizon(rho, eps=1e-3):
    if not 0 < rho < 1:
        raise ValueError(f"rho must lie strictly between 0 and 1, it is {rho}")
    if not eps > 0:
        raise ValueError(f"eps must be positive, it is {eps}")
    steps = 0
    while rho**steps >= eps:
        steps += 1
    return steps
