r"""Your first column is 1 for every rate, as if the first horizon were always 0. It needn't be.

Take the one rate $0.5$ and the horizons 2 and 3. The row should be $0.25$ and $0.125$; yours is $1$ and $0.5$: what is lost in the first two steps is missing, and all that follows is too large by the
same factor. With the horizons 0, 1, 2 nothing shows.

From one horizon to the next it is right to multiply on. How many steps lie before the first?
"""

import numpy as np


def decay_table(rhos, horizons):
    table = np.ones((len(rhos), len(horizons)))
    for j in range(1, len(horizons)):
        table[:, j] = table[:, j - 1] * rhos ** (horizons[j] - horizons[j - 1])
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
