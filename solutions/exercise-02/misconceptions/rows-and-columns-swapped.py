r"""Your table has one row for each horizon. It should have one for each *rate*: the first index goes with `rhos`,
the second with `horizons`.

Take the rates $0.5, 0.9$ and the horizons $1, 2$. Entry `[0, 1]` is the first rate after the second horizon:
$0.5^2 = 0.25$. Yours is $0.9^1 = 0.9$. A square table hides the swap in its shape; with 2 rates and 3 horizons yours
is `(3, 2)` where `(2, 3)` is asked for.

Which of the two arguments should run down the rows? Give that one the first axis.
"""

import numpy as np


def decay_table(rhos, horizons):
    return rhos ** horizons[:, None]


def horizon(rho, eps=1e-3):
    if not 0 < rho < 1:
        raise ValueError(f"rho must lie strictly between 0 and 1, it is {rho}")
    if not eps > 0:
        raise ValueError(f"eps must be positive, it is {eps}")
    crossing = np.log(eps) / np.log(rho)
    return max(0, int(np.floor(crossing)) + 1)
