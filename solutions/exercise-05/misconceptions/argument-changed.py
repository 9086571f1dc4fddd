r"""The caller's `jacobians` change: perhaps `jacobians[0]` serves as the running product, and every new product is
written into it. `jacobians[0]` is no copy: it is a window onto the same numbers.

Take the two matrices of the statement. If their product was written there, the caller's `jacobians[0]` holds that
product, too, and a second call with the same array multiplies the second step in once more.

`product = jacobians[0]` gives a name, it doesn't copy. Build the result in an array of your own.
"""

import numpy as np


def jacobian_product(jacobians):
    _, d, _ = jacobians.shape
    if len(jacobians) == 0:
        return np.eye(d)
    product = jacobians[0]
    for jacobian in jacobians[1:]:
        product[:] = jacobian @ product
    return product


def norm_bound(W_hh, steps, slope=1.0):
    return (slope * np.linalg.norm(W_hh, 2)) ** steps
