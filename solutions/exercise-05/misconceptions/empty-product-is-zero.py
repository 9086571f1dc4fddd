r"""Over no steps your result is all zeros, perhaps because no steps seem to leave no dependence. But with no
step, $h_T$ *is* $h_0$. Nudge it and it moves by exactly that nudge.

Take $T = 0$ and $d = 1$. The derivative of $h_0$ with respect to $h_0$ is $1$. A zero would say that the state
doesn't depend on itself. It would also spoil every product that starts from it: zero times any Jacobian is zero.

An empty sum is the thing that changes nothing when you add it. What changes nothing when you multiply matrices?
"""

import numpy as np


def jacobian_product(jacobians):
    _, d, _ = jacobians.shape
    product = np.eye(d)
    if len(jacobians) == 0:
        return np.zeros((d, d))
    for jacobian in jacobians:
        product = jacobian @ product
    return product


def norm_bound(W_hh, steps, slope=1.0):
    return (slope * np.linalg.norm(W_hh, 2)) ** steps
