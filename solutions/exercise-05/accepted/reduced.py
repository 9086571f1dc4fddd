"""functools.reduce with the identity as its start; the norm from the singular values."""

from functools import reduce

import numpy as np


def jacobian_product(jacobians):
    return reduce(lambda past, newest: newest @ past, jacobians, np.eye(jacobians.shape[-1]))


def norm_bound(W_hh, steps, slope=1.0):
    return float(np.power(slope * np.linalg.svd(W_hh, compute_uv=False).max(), steps))
