r"""Your norm is the largest magnitude of an eigenvalue. It tells how a power $W^k$ behaves in the *end*. A bound
must hold at every step, and in one step a matrix can stretch by more than its eigenvalues say.

Take the matrix of the statement, $\begin{pmatrix} 0 & 2 \\ 0.5 & 0 \end{pmatrix}$. Its eigenvalues are $1$ and $-1$.
But it makes $(2, 0)$ out of $(0, 1)$: twice as long in one step. Your bound, $1$, is broken at once.

Only for special matrices, the symmetric ones among them, is the radius the norm. Which numbers of a matrix tell how
far it stretches a vector?
"""

import numpy as np


def jacobian_product(jacobians):
    _, d, _ = jacobians.shape
    product = np.eye(d)
    for jacobian in jacobians:
        product = jacobian @ product
    return product


def norm_bound(W_hh, steps, slope=1.0):
    return (slope * np.max(np.abs(np.linalg.eigvals(W_hh)))) ** steps
