r"""Your bound is made of the weights alone. Between two multiplications by $W_{hh}$ stands the activation, and
its slope takes part in every factor.

Take norm $2$, slope $0.25$ and 3 steps: the sigmoid lets at most a quarter through, each time. The bound is
$(0.25 \cdot 2)^3 = 0.125$. You say $2^3 = 8$.

`slope` has the default $1.0$, which suits the tanh and changes nothing. So a test without a slope can't show the
mistake. Does the argument occur anywhere in your formula?
"""

import numpy as np


def jacobian_product(jacobians):
    _, d, _ = jacobians.shape
    product = np.eye(d)
    for jacobian in jacobians:
        product = jacobian @ product
    return product


def norm_bound(W_hh, steps, slope=1.0):
    return np.linalg.norm(W_hh, 2) ** steps
