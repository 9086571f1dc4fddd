r"""Your program returns the matrix and the bound of the statement's example, whatever it is asked.

Ask for a single Jacobian, $\begin{pmatrix} 0.5 & 1 \\ 0 & 0.5 \end{pmatrix}$. The answer is this matrix itself, and
you return another one. Ask with three units, and even the shape is wrong.

An example tells you whether a method works; it isn't the method. Every number you return should be computed from the
arguments.
"""

import numpy as np


def jacobian_product(jacobians):
    return np.array([[0.25, 0.5], [0.2, 0.65]])


def norm_bound(W_hh, steps, slope=1.0):
    return 0.125
