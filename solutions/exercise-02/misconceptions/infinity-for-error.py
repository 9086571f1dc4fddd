r"""For a rate of one or more your program returns infinity, perhaps because a power that never falls would need
infinitely many steps. But the contract promises a whole number or a `ValueError`.

Ask for the horizon of 2. The caller gets a float, and `range(horizon(2.0))` fails in another place, with a message that says
nothing about the rate.

A caller who can be handed two kinds of answer must test for both. What did the statement agree on for this case?
"""

import numpy as np


def decay_table(rhos, horizons):
    return rhos[:, None] ** horizons


def horizon(rho, eps=1e-3):
    if rho >= 1:
        return float("inf")
    if not 0 < rho:
        raise ValueError(f"rho must lie strictly between 0 and 1, it is {rho}")
    if not eps > 0:
        raise ValueError(f"eps must be positive, it is {eps}")
    return max(0, int(np.floor(np.log(eps) / np.log(rho))) + 1)
