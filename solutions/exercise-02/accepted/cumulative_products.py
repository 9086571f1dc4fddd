"""Running products: all powers up to the longest horizon, from which the columns are picked."""

import numpy as np


def decay_table(rhos, horizons):
    steps = horizons.astype(int)
    factors = np.ones((rhos.size, steps.max() + 1))
    factors[:, 1:] = rhos.reshape(-1, 1)
    return np.cumprod(factors, axis=1)[:, steps]


def horizon(rho, eps=1e-3):
    if not 0 < rho < 1:
        raise ValueError("the rate must lie strictly between 0 and 1")
    if not 0 < eps:
        raise ValueError("the threshold must be above 0")
    length = 64
    while True:
        powers = np.cumprod(np.concatenate(([1.0], np.full(length, rho))))
        if powers[-1] < eps:
            return np.argmax(powers < eps)  # an np.int64: as good as an int
        length *= 4
