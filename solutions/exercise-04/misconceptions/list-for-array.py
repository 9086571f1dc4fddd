r"""Your numbers are right, but they come as a list of lists, or as tuples, and the contract asks for a numpy array of shape
`(d, d)`. The difference bites at the next step: for two lists or tuples `A @ B` is an error, and `A + B` puts them
end to end, so that two $2 \times 2$ Jacobians "add" to something with 4 rows. Fill the entries as you like, and
hand back an array made of them.
"""

import numpy as np


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    z = W_hh @ h_prev + W_xh @ x + b
    slope = 1.0 - np.tanh(z) ** 2
    return [[float(slope[i] * W_hh[i, j]) for j in range(len(slope))] for i in range(len(slope))]
