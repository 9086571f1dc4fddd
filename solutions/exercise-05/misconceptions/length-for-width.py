r"""It looks as if your identity were as large as `len(jacobians)`. That is the number of steps, $T$. The matrices are as large
as the state, $d$.

Take 3 steps with 2 units: `jacobians` has the shape `(3, 2, 2)`. Such an identity is $3 \times 3$, and numpy refuses to
multiply it with a $2 \times 2$ matrix. With as many steps as units the two sizes agree, and nobody notices.

The shape `(T, d, d)` has two kinds of numbers in it. Which axis knows the size of the state? It knows it for $T = 0$,
too.
"""

import numpy as np


def jacobian_product(jacobians):
    product = np.eye(len(jacobians))
    for jacobian in jacobians:
        product = jacobian @ product
    return product


def norm_bound(W_hh, steps, slope=1.0):
    return (slope * np.linalg.norm(W_hh, 2)) ** steps
