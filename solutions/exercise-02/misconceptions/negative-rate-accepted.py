r"""A negative rate gets through here, perhaps because "below $\varepsilon$" sounds like "small". For a negative
number it isn't.

Take $\rho = -0.5$. Its powers are $1, -0.5, 0.25, -0.125$. Your horizon is 1: indeed $-0.5 < 0.001$. But half of the
size is still there, only with the other sign.

A horizon speaks of a positive rate: everything else is refused, and so is a rate of exactly $0$.
"""

import numpy as np


def decay_table(rhos, horizons):
    return rhos[:, None] ** horizons


def horizon(rho, eps=1e-3):
    if not rho < 1:
        raise ValueError(f"rho must lie strictly between 0 and 1, it is {rho}")
    if not eps > 0:
        raise ValueError(f"eps must be positive, it is {eps}")
    steps = 0
    while rho**steps >= eps:
        steps += 1
    return steps
