"""functools.reduce for the products, itertools.count for the steps."""

from functools import reduce
from itertools import count, repeat
from operator import mul

import numpy as np


def decay_table(rhos, horizons):
    return np.array([[reduce(mul, repeat(float(rho), int(steps)), 1.0) for steps in horizons] for rho in rhos])


def horizon(rho, eps=1e-3):
    if 0 < rho < 1 and 0 < eps:
        return next(steps for steps in count() if rho**steps < eps)
    raise ValueError("rho must lie between 0 and 1, and eps above 0")
