r"""Your horizon is never below 1, as if a step had to be taken in any case. But $T = 0$ is a number of steps, too.

Take the threshold 3. Before any step all is there, $\rho^0 = 1$, and 1 is below 3: the horizon is 0. Yours says 1.

Which is the smallest $T$ that the statement lets in, and do you ever try it?
"""

import numpy as np


def decay_table(rhos, horizons):
    return rhos[:, None] ** horizons


def horizon(rho, eps=1e-3):
    if not 0 < rho < 1:
        raise ValueError(f"rho must lie strictly between 0 and 1, it is {rho}")
    if not eps > 0:
        raise ValueError(f"eps must be positive, it is {eps}")
    steps = 1
    while rho**steps >= eps:
        steps += 1
    return steps
