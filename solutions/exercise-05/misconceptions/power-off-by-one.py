r"""A step is lost at one end of your product. $T$ steps have $T$ Jacobians, with the indices $0$ to $T - 1$:
`range(T - 1)` ends at $T - 2$, and a loop that starts at 1 misses the first.

Take $T = 1$. There is one step and one Jacobian, and the answer is that Jacobian. Such a loop doesn't run at all, and
you return the identity, as if nothing had happened.

States count from $h_0$ to $h_T$: that is $T + 1$ states, but $T$ steps between them. They are like the posts and the
panels of a fence; here you are multiplying panels.
"""

import numpy as np


def jacobian_product(jacobians):
    _, d, _ = jacobians.shape
    product = np.eye(d)
    for jacobian in jacobians[:-1]:
        product = jacobian @ product
    return product


def norm_bound(W_hh, steps, slope=1.0):
    return (slope * np.linalg.norm(W_hh, 2)) ** steps
