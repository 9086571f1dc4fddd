r"""Your columns never go back: where a horizon is smaller than one before it, its column is still that of the largest horizon so
far. Perhaps one product is carried on from column to column, as if the horizons came sorted.

Take the rate $0.5$ and the horizons 3 and 0. The row should be $0.125$ and $1$; yours is $0.125$ twice, as if no step at all left
as little as three steps do. With the horizons 0, 1, 3 nothing shows.

The contract says *in any order*. What does an entry depend on: on its own horizon alone, or on those before it, too?
"""

import numpy as np


def decay_table(rhos, horizons):
    table = np.empty((len(rhos), len(horizons)))
    for i, rho in enumerate(rhos):
        left, taken = 1.0, 0
        for j, steps in enumerate(horizons):
            while taken < steps:
                left *= rho
                taken += 1
            table[i, j] = left
    return table


def horizon(rho, eps=1e-3):
    if not 0 < rho < 1:
        raise ValueError(f"rho must lie strictly between 0 and 1, it is {rho}")
    if not eps > 0:
        raise ValueError(f"eps must be positive, it is {eps}")
    steps = 0
    while rho**steps >= eps:
        steps += 1
    return steps
