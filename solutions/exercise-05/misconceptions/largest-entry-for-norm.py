r"""Your norm is the largest entry of the matrix, by its size. But many small entries can pull together.

Take the $2 \times 2$ matrix with $0.5$ everywhere. Its largest entry is $0.5$. Apply it to $(1, 1)$: each row adds
$0.5 + 0.5 = 1$, and out comes $(1, 1)$, not shorter at all. Your bound says that half of it is lost at each step.

A norm asks what happens to a whole vector, in the worst direction. No single entry knows that.
"""

import numpy as np


def jacobian_product(jacobians):
    _, d, _ = jacobians.shape
    product = np.eye(d)
    for jacobian in jacobians:
        product = jacobian @ product
    return product


def norm_bound(W_hh, steps, slope=1.0):
    return (slope * np.max(np.abs(W_hh))) ** steps
