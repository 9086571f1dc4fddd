r"""Your result holds the product after every step. The exercise asks for the last one: how $h_T$ depends on $h_0$.

Take 3 steps with 2 units. The answer has the shape `(2, 2)`: one row for each unit of $h_3$, one column for each unit
of $h_0$. Yours has the shape `(3, 2, 2)`, and its first entry is $\partial h_1 / \partial h_0$, which nobody asked
for. And with no step at all your list is empty, though $h_0$ does depend on itself.

The whole list is a fine thing to plot. A function returns what its contract names.
"""

import numpy as np


def jacobian_product(jacobians):
    product, running = np.eye(jacobians.shape[1]), []
    for jacobian in jacobians:
        product = jacobian @ product
        running.append(product)
    return np.array(running)


def norm_bound(W_hh, steps, slope=1.0):
    return (slope * np.linalg.norm(W_hh, 2)) ** steps
