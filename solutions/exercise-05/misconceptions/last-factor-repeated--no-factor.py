r"""Your product is the Jacobian of one step, raised to the power $T$. That would be right if every step had the same
one.

Take the numbers $J_1 = 0.5$ and $J_2 = 0.1$, as $1 \times 1$ matrices. The product is $0.5 \cdot 0.1 = 0.05$; you say
$0.1^2 = 0.01$. The weights are the same at each step, that is true. But the slopes of the activation are not: they
change with the state and the input. And with no step at all there is no such Jacobian: there your program stops with
an error.

$\rho^T$ was the model of the first exercises. Here each step brings its own factor, and that is why `jacobians` has a
first axis.
"""

import numpy as np


def jacobian_product(jacobians):
    return np.linalg.matrix_power(jacobians[-1], len(jacobians))


def norm_bound(W_hh, steps, slope=1.0):
    return (slope * np.linalg.norm(W_hh, 2)) ** steps
