"""Two nested loops, and a walk that multiplies until the threshold is passed."""

import numpy as np


def decay_table(rhos, horizons):
    table = np.empty((len(rhos), len(horizons)))
    for i in range(len(rhos)):
        for j in range(len(horizons)):
            left = 1.0
            for _ in range(int(horizons[j])):
                left *= rhos[i]
            table[i, j] = left
    return table


def horizon(rho, eps=1e-3):
    if rho <= 0 or rho >= 1:
        raise ValueError("a horizon exists only for a rate between 0 and 1")
    if eps <= 0:
        raise ValueError("the threshold must be positive")
    left, steps = 1.0, 0
    while left >= eps:
        left *= rho
        steps += 1
    return steps
