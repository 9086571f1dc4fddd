r"""Your product comes out as if the matrices were multiplied entry by entry, as by `*` or `np.prod`. The chain rule needs the matrix
product: it sums over all the paths through the state in between.

Take the two matrices of the statement. Entry by entry the upper right corner is $1 \cdot 0 = 0$: unit 0 at the end
wouldn't feel unit 1 at the start. But there is a path: $1$ in the first step, then $0.5$ in the second, and
$0.5 \cdot 1 + 0 \cdot 0.5 = 0.5$.

In numpy `*` pairs entries with the same place; which operator pairs rows with columns?
"""

import numpy as np


def jacobian_product(jacobians):
    return np.prod(jacobians, axis=0)


def norm_bound(W_hh, steps, slope=1.0):
    return (slope * np.linalg.norm(W_hh, 2)) ** steps
