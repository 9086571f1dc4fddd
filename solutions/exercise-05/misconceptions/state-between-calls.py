r"""Your program keeps something between calls; perhaps an identity is made once for each size, and then multiplied
into that very array. The next call starts from what the last one left.

Take the $1 \times 1$ Jacobian $0.5$. The first call starts from $1$ and returns $0.5$. The second call, with the same
question, starts from $0.5$ and returns $0.25$. Run one test after another and the numbers shrink, though each test
alone is right.

Whatever outlives a call, a module's dictionary or a default argument, must not be written to. Start each call from
something new.
"""

import numpy as np

identities = {}


def jacobian_product(jacobians):
    _, d, _ = jacobians.shape
    product = identities.setdefault(d, np.eye(d))
    for jacobian in jacobians:
        product[:] = jacobian @ product
    return product.copy()


def norm_bound(W_hh, steps, slope=1.0):
    return (slope * np.linalg.norm(W_hh, 2)) ** steps
