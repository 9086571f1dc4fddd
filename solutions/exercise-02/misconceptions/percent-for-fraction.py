r"""Your answer is what comes out if percents are compared with a fraction: what is left, times 100, with the threshold. The
threshold is a fraction already.

Take $\rho = 0.5$ and the threshold $0.1$, a tenth. After 4 steps a sixteenth is left, which is less than a tenth: the
horizon is 4. Yours waits until less than a tenth of a *percent* is left, and says 10.

Both sides of a comparison must be measured in the same unit.
"""

import numpy as np


def decay_table(rhos, horizons):
    return rhos[:, None] ** horizons


def horizon(rho, eps=1e-3):
    if not 0 < rho < 1:
        raise ValueError(f"rho must lie strictly between 0 and 1, it is {rho}")
    if not eps > 0:
        raise ValueError(f"eps must be positive, it is {eps}")
    steps = 0
    while 100 * rho**steps >= eps:
        steps += 1
    return steps
