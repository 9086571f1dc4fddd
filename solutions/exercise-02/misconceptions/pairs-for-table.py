r"""The rates are paired with the horizons here: the first with the first, the second with the second. The table asks
for *each* rate at *each* horizon.

Take the rates $0.5$ and $0.9$ and the horizons 0, 1 and 3. Six entries are asked for, and pairs give you two: $0.5^0$ and
$0.9^1$.

`zip` walks along two lists side by side. Every row with every column takes two loops, one inside the other, or an axis
for each.
"""

import numpy as np


def decay_table(rhos, horizons):
    return np.array([rho**steps for rho, steps in zip(rhos, horizons)])


def horizon(rho, eps=1e-3):
    if not 0 < rho < 1:
        raise ValueError(f"rho must lie strictly between 0 and 1, it is {rho}")
    if not eps > 0:
        raise ValueError(f"eps must be positive, it is {eps}")
    steps = 0
    while rho**steps >= eps:
        steps += 1
    return steps
