r"""Your whole numbers are floats: $7.0$, not 7. Perhaps they were rounded by numpy, whose `ceil` and `floor`
return floats.

Take $\rho = 0.9$ and $\varepsilon = 0.5$, and let a caller run through the steps with `range(horizon(0.9, 0.5))`.
Python refuses: a float can't count. Nor can it be an index, as in `states[7.0]`.

The number is right, its type isn't. A number of steps is an integer, as the contract says.
"""

import numpy as np


def decay_table(rhos, horizons):
    return rhos[:, None] ** horizons


def horizon(rho, eps=1e-3):
    if not 0 < rho < 1:
        raise ValueError(f"rho must lie strictly between 0 and 1, it is {rho}")
    if not eps > 0:
        raise ValueError(f"eps must be positive, it is {eps}")
    crossing = np.log(eps) / np.log(rho)
    return max(0.0, np.floor(crossing) + 1)
