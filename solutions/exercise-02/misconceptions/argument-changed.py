r"""The table comes out right, but the caller's `horizons` are changed: perhaps they are counted down in place, with
`-=`, to know which columns still need a factor. The function got the caller's own array, not a copy.

Take `horizons = np.array([0.0, 1.0, 3.0])`. If they are counted down, the caller holds `[-3, -2, 0]` after the call, and the
next table made with it is wrong, though nobody touched it.

`a -= 1` changes the array itself; `a = a - 1` makes a new one. Work on an array of your own.
"""

import numpy as np


def decay_table(rhos, horizons):
    table = np.ones((len(rhos), len(horizons)))
    while horizons.max() > 0:
        table *= np.where(horizons > 0, rhos[:, None], 1.0)
        horizons -= 1
    return table


def horizon(rho, eps=1e-3):
    if not 0 < rho < 1:
        raise ValueError(f"rho must lie strictly between 0 and 1, it is {rho}")
    if not eps > 0:
        raise ValueError(f"eps must be positive, it is {eps}")
    crossing = np.log(eps) / np.log(rho)
    return max(0, int(np.floor(crossing)) + 1)
