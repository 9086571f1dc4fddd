r"""Your matrix is the right one, lying on its side: `J[j, i]` stands where `J[i, j]` is asked for. Perhaps it is
meant for the backward pass, where a gradient does get multiplied by $J^\top$. In the worked example, nudging
$h_{t-1}[1]$ moves $h_t[0]$ at the rate $-0.393$, so $-0.393$ stands in row 0, column 1; yours has it in row 1,
column 0. A symmetric $W_{hh}$ with equal slopes hides the mistake. In a Jacobian, the row says *which output
moves*, the column *which input was nudged*; the transpose comes later, when the gradient is carried back.
"""

import numpy as np


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    z = W_hh @ h_prev + W_xh @ x + b
    slope = 1.0 - np.tanh(z) ** 2
    return (slope[:, np.newaxis] * W_hh).T
