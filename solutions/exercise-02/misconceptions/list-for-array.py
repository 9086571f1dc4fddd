r"""Your table is a list of rows, or a tuple of them. It prints like an array, but it isn't one: it has no shape, and
you can't calculate with it.

Try it with one rate: `2 * [[0.5, 0.25]]` is `[[0.5, 0.25], [0.5, 0.25]]`. The list came twice, and nothing was
doubled; a tuple does the same. A caller who scales your table gets nonsense without an error.

Lists are fine for collecting. Hand on an array.
"""

import numpy as np


def decay_table(rhos, horizons):
    return [[float(rho**steps) for steps in horizons] for rho in rhos]


def horizon(rho, eps=1e-3):
    if not 0 < rho < 1:
        raise ValueError(f"rho must lie strictly between 0 and 1, it is {rho}")
    if not eps > 0:
        raise ValueError(f"eps must be positive, it is {eps}")
    crossing = np.log(eps) / np.log(rho)
    return max(0, int(np.floor(crossing)) + 1)
