r"""Without a factor your program stops with an error. Perhaps the product starts from one of the Jacobians, or is
left to a function that wants at least one or two factors.

Take $T = 0$: `jacobians` has the shape `(0, d, d)`, and `jacobians[0]` doesn't exist. Yet there is an answer: with no
step, $h_T$ is $h_0$, and the contract says what to return.

Start a product from what changes nothing, and let every factor come in by the same line. Then no case is special. The
size that you need is in the shape, even if no entry is.
"""

import numpy as np


def jacobian_product(jacobians):
    product = jacobians[0].copy()
    for jacobian in jacobians[1:]:
        product = jacobian @ product
    return product


def norm_bound(W_hh, steps, slope=1.0):
    return (slope * np.linalg.norm(W_hh, 2)) ** steps
