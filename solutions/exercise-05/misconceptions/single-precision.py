r"""Your result has the precision of `float32`, which networks often use. It keeps about seven digits, and the
contract asks for float64.

Take the number $1.1$, as a $1 \times 1$ matrix. Where single precision is used from the start, it is stored as
$1.10000002$, an error of $2.2 \cdot 10^{-8}$ of its size. Each factor brings its own: after 100 steps the product
is off by about $2 \cdot 10^{-6}$ of its size, more than the $10^{-6}$ that counts as right.

Rounding errors add up in a long product. Keep float64, which numpy takes by itself.
"""

import numpy as np


def jacobian_product(jacobians):
    _, d, _ = jacobians.shape
    product = np.eye(d, dtype=np.float32)
    for jacobian in jacobians:
        product = jacobian.astype(np.float32) @ product
    return product


def norm_bound(W_hh, steps, slope=1.0):
    return (slope * np.linalg.norm(W_hh, 2)) ** steps
