r"""Here $W$ is multiplied by itself first, and then the norm of the power is taken. The order matters:
$\lVert W^k \rVert$ can be far smaller than $\lVert W \rVert^k$, when one step undoes what the last one did.

Take $W = \begin{pmatrix} 0.5 & 2 \\ 0 & -0.5 \end{pmatrix}$ and 2 steps. $W^2 = 0.25\, I$, so you say $0.25$. But in
a network the slopes stand in between. Let unit 1 be saturated after step one, with slope $0$, and unit 0
have slope $1$. Then the product is $\begin{pmatrix} 0.25 & 1 \\ 0 & 0 \end{pmatrix}$, of norm $1.03$, and your bound
is broken.

A bound that holds for *all* slopes must allow each step its worst. Which of the two comes first, then: the norm or
the power?
"""

import numpy as np


def jacobian_product(jacobians):
    _, d, _ = jacobians.shape
    product = np.eye(d)
    for jacobian in jacobians:
        product = jacobian @ product
    return product


def norm_bound(W_hh, steps, slope=1.0):
    return slope**steps * np.linalg.norm(np.linalg.matrix_power(W_hh, steps), 2)
