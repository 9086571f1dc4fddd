r"""In your bound the norm is raised to the power, and the slope counts once. But an activation stands at *every*
step, and the slope of each multiplies the gradient anew.

Take norm $2$, slope $0.25$ and 3 steps. Each step passes at most $0.25 \cdot 2 = 0.5$ of what it gets, so three pass
$0.125$. You say $0.25 \cdot 2^3 = 2$: an explosion, where everything must vanish.

The weights and the slope work together, step after step. Where must the bracket close?
"""

import numpy as np


def jacobian_product(jacobians):
    _, d, _ = jacobians.shape
    product = np.eye(d)
    for jacobian in jacobians:
        product = jacobian @ product
    return product


def norm_bound(W_hh, steps, slope=1.0):
    return slope * np.linalg.norm(W_hh, 2) ** steps
