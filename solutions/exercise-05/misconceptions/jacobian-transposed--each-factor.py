r"""Your result is the product of the *transposed* Jacobians, over two steps $J_2^\top J_1^\top$. Perhaps each one is
transposed on its way in, as if to carry a gradient backward; or the product is in reading order and lies on its side,
for $(J_1 J_2)^\top$ is the same.

Take a single step, $J = \begin{pmatrix} 0.5 & 1 \\ 0 & 0.5 \end{pmatrix}$. The product of one factor is that factor.
Yours has the $1$ in the lower left, as if unit 1 of $h_1$ depended on unit 0 of $h_0$; it is the other way round.

In $\partial h_T / \partial h_0$ the row belongs to the unit of $h_T$, the column to that of $h_0$. Transposed factors
belong to another question, and they stand in the other order: $(J_2 J_1)^\top = J_1^\top J_2^\top$.
"""

import numpy as np


def jacobian_product(jacobians):
    _, d, _ = jacobians.shape
    product = np.eye(d)
    for jacobian in jacobians:
        product = jacobian.T @ product
    return product


def norm_bound(W_hh, steps, slope=1.0):
    return (slope * np.linalg.norm(W_hh, 2)) ** steps
