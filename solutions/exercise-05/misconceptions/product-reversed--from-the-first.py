r"""Your product is in reading order, the first Jacobian on the left. But a matrix acts on what stands to its
*right*. A move of $h_0$ passes through `jacobians[0]` first, so that one must be the rightmost.

Take the two matrices of the statement. Nudge unit 0 of $h_0$ by 1. Step one makes it $(0.5, 0)$,
step two makes that $(0.25, 0.2)$: this is the first column of the right product. Yours has $(0.65, 0.2)$ there.
And with no step at all there is no first Jacobian to start from: there your program stops with an error.

Say the chain rule from the left: what does the *last* state depend on directly? That factor is written first.
"""

import numpy as np


def jacobian_product(jacobians):
    product = jacobians[0].copy()
    for jacobian in jacobians[1:]:
        product = product @ jacobian
    return product


def norm_bound(W_hh, steps, slope=1.0):
    return (slope * np.linalg.norm(W_hh, 2)) ** steps
