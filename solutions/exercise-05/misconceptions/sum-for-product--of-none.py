r"""Here the Jacobians are added. Effects add up where they go *side by side*. These go one after another: what the
second step gets is what the first one has passed.

Take the numbers $J_1 = 0.5$ and $J_2 = 0.5$, as $1 \times 1$ matrices. Of a move by 1, the first step passes $0.5$,
and the second half of that: $0.25$. You say $1$. With ten such steps you would say $5$, and the truth is $0.00098$.
With no step at all you say $0$, as if $h_0$ didn't depend on itself.

The sum over time does occur in this subject, for the gradient of *weights* that are used at every step. The path from
one state to another is a product.
"""

import numpy as np


def jacobian_product(jacobians):
    return np.sum(jacobians, axis=0)


def norm_bound(W_hh, steps, slope=1.0):
    return (slope * np.linalg.norm(W_hh, 2)) ** steps
