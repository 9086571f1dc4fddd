from functools import reduce

import numpy as np


def jacobian_product(jacobians):
    return reduce(lambda past, newest: newest @ past, jacobians).copy()


def norm_bound(W_hh, steps, slope=1.0):
    return (slope * np.linalg.norm(W_hh, 2)) ** steps
