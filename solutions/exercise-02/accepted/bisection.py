"""numpy's outer power for the table; for the horizon, bisection between a step before it and one beyond it."""

import numpy as np


def decay_table(rhos, horizons):
    return np.power.outer(rhos, horizons)


def horizon(rho, eps=1e-3):
    if rho <= 0 or 1 <= rho or eps <= 0:
        raise ValueError("needs 0 < rho < 1 and eps > 0")
    before, beyond = -1, 1
    while rho**beyond >= eps:
        before, beyond = beyond, 2 * beyond
    while beyond - before > 1:
        middle = (before + beyond) // 2
        if rho**middle < eps:
            beyond = middle
        else:
            before = middle
    return beyond
