r"""Your bound is multiplied by the number of steps. But the steps come one after another, and each stretches what
the one before has left.

Take norm $0.5$, slope $1$ and 3 steps. The bound falls from $1$ to $0.5$, to $0.25$, to $0.125$. You say
$0.5 \cdot 3 = 1.5$: longer sequences would pass *more*. With no step at all you say $0$, and it should be $1$.

Go through the steps one by one: what happens to the bound at each? Doing that $T$ times isn't a multiplication by
$T$.
"""

import numpy as np


def jacobian_product(jacobians):
    _, d, _ = jacobians.shape
    product = np.eye(d)
    for jacobian in jacobians:
        product = jacobian @ product
    return product


def norm_bound(W_hh, steps, slope=1.0):
    return slope * np.linalg.norm(W_hh, 2) * steps
