r"""Your columns are in the order of the sorted horizons. The table is right for the sorted list, but the caller still
has the other one.

Ask for the horizons 3 and 0. The first column belongs to 3 steps; yours holds the power 0, all ones. Whoever writes
your columns beside their own list reads that after three steps nothing is lost.

Sort if you must, but bring the answer back into the order of the question.
"""

import numpy as np


def decay_table(rhos, horizons):
    return rhos[:, None] ** np.sort(horizons)


def horizon(rho, eps=1e-3):
    if not 0 < rho < 1:
        raise ValueError(f"rho must lie strictly between 0 and 1, it is {rho}")
    if not eps > 0:
        raise ValueError(f"eps must be positive, it is {eps}")
    steps = 0
    while rho**steps >= eps:
        steps += 1
    return steps
