r"""Your answer is the solution of $\rho^T = \varepsilon$ as it comes out of the formula. That is where the curve
crosses the threshold, and it is seldom a whole number.

Take $\rho = 0.9$ and $\varepsilon = 0.5$: you say $6.58$. No network takes $6.58$ steps: after 6 steps $0.531$ is
left, after 7 steps $0.478$, and there is nothing in between.

A number of steps is counted. From the crossing, go on to the first whole step that lies beyond it, and return an
integer.
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
    return float(crossing)
