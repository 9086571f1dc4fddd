r"""Your norm is the largest eigenvalue, in the order of numbers. An eigenvalue tells of one direction that the matrix keeps, and it can be negative,
or complex, and your bound with it. A norm is a length, never below 0.

Take the matrix of the statement, $\begin{pmatrix} 0 & 2 \\ 0.5 & 0 \end{pmatrix}$. Its eigenvalues are $1$ and $-1$, so you say $(0.25 \cdot 1)^3 = 0.015625$ where
$0.125$ is asked for. But it makes $(2, 0)$ out of $(0, 1)$, in a direction that it doesn't keep: twice as long in one step.

Which numbers of a matrix tell how far it stretches a vector at most, whatever its direction?
"""

import numpy as np


def jacobian_product(jacobians):
    _, d, _ = jacobians.shape
    product = np.eye(d)
    for jacobian in jacobians:
        product = jacobian @ product
    return product


def norm_bound(W_hh, steps, slope=1.0):
    return (slope * np.max(np.linalg.eigvals(W_hh))) ** steps
