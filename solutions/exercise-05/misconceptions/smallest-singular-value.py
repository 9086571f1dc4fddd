r"""Your norm is the smallest of the singular values: how much the matrix stretches *at least*. Perhaps the last one was
taken: numpy sorts them from the largest down.

Take the matrix of the statement. Its singular values are $2$ and $0.5$, in this order. You bound the product by
powers of $0.5$. But $(0, 1)$ comes out twice as long.

A bound must hold for the worst direction. (The eigenvalues that `eigvalsh` returns are sorted the other way; look it
up each time.)
"""

import numpy as np


def jacobian_product(jacobians):
    _, d, _ = jacobians.shape
    product = np.eye(d)
    for jacobian in jacobians:
        product = jacobian @ product
    return product


def norm_bound(W_hh, steps, slope=1.0):
    return (slope * np.linalg.svd(W_hh, compute_uv=False)[-1]) ** steps
