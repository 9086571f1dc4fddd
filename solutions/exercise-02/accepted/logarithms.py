"""Logarithms in place of powers: a product becomes a sum, and the table an outer product."""

import math

import numpy as np


def decay_table(rhos, horizons):
    return np.exp(np.outer(np.log(rhos), horizons))


def horizon(rho, eps=1e-3):
    if not (0.0 < rho < 1.0 and eps > 0.0):
        raise ValueError(f"no horizon for rho = {rho}, eps = {eps}")
    if eps > 1.0:
        return 0
    return math.ceil(math.log10(eps) / math.log10(rho))
