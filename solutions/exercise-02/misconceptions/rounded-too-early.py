r"""The entries of your table are rounded to a few decimals. Here the small numbers are the point, and rounding throws
just these away.

Take $0.5^{20}$, which is about one millionth: rounded to four decimals it is 0, as if nothing at all were left. The
shares of two very different pasts, $0.5^{20}$ and $0.5^{40}$, have become the same number.

Round when you print, and not before: a share that was rounded to 0 has no logarithm and no place on a logarithmic axis, and
nothing can be divided by it.
"""

import numpy as np


def decay_table(rhos, horizons):
    return np.round(rhos[:, None] ** horizons, 4)


def horizon(rho, eps=1e-3):
    if not 0 < rho < 1:
        raise ValueError(f"rho must lie strictly between 0 and 1, it is {rho}")
    if not eps > 0:
        raise ValueError(f"eps must be positive, it is {eps}")
    steps = 0
    while rho**steps >= eps:
        steps += 1
    return steps
