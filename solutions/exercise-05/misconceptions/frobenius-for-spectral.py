r"""Your norm is the Frobenius norm, the root of the sum of all squared entries. It is what `np.linalg.norm` returns
for a matrix unless you say which norm you want.

Take the $2 \times 2$ identity, which changes no vector's length, so its spectral norm is $1$. The Frobenius norm is
$\sqrt{2} = 1.414$; over 10 steps your bound is $32$ where nothing grows. It is still a bound, but a loose one: it
adds up what *all* directions do.

The spectral norm asks for the worst single direction only. The documentation says how to ask for that.
"""

import numpy as np


def jacobian_product(jacobians):
    _, d, _ = jacobians.shape
    product = np.eye(d)
    for jacobian in jacobians:
        product = jacobian @ product
    return product


def norm_bound(W_hh, steps, slope=1.0):
    return (slope * np.linalg.norm(W_hh)) ** steps
