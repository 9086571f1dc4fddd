r"""Your norm is the *square* of the norm that is asked for. Perhaps it is the largest eigenvalue of $W^\top W$, which applies
the stretching twice.

Take the number $W = 3$, as a $1 \times 1$ matrix. It stretches by $3$, but $W^\top W = 9$. And below one the error is
worse, for it looks safer than it is: for $W = 0.9$ you say $0.81$.

To check, compute the length of $W v$ for a vector $v$ of length 1. Lengths have a root in them.
"""

import numpy as np


def jacobian_product(jacobians):
    _, d, _ = jacobians.shape
    product = np.eye(d)
    for jacobian in jacobians:
        product = jacobian @ product
    return product


def norm_bound(W_hh, steps, slope=1.0):
    return (slope * np.linalg.eigvalsh(W_hh.T @ W_hh)[-1]) ** steps
