r"""Your answer is $1 / (1 - \rho)$, rounded up. Many texts call that the memory of a rate. It is a time *scale*: for rates
near one, about $1/e = 0.368$ is left after that many steps. It doesn't know your threshold.

Take $\rho = 0.75$: you say 4 steps. Then $0.75^4 = 0.316$ is left, far more than a thousandth; that takes 25 steps.
And for $\varepsilon = 0.5$, 3 steps are enough.

A horizon depends on two numbers, the rate and how little counts as nothing. An answer without $\varepsilon$ can't be
right for all of them.
"""

import numpy as np


def decay_table(rhos, horizons):
    return rhos[:, None] ** horizons


def horizon(rho, eps=1e-3):
    if not 0 < rho < 1:
        raise ValueError(f"rho must lie strictly between 0 and 1, it is {rho}")
    if not eps > 0:
        raise ValueError(f"eps must be positive, it is {eps}")
    return int(np.ceil(1.0 / (1.0 - rho)))
