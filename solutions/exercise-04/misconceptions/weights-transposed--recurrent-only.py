r"""In $z_t$ the matrix $W_{hh}$ is used the wrong way round, as in `h_prev @ W_hh`, which is $W_{hh}^\top h_{t-1}$.
$W_{hh}$ is square, so nothing complains, but `W_hh[i, j]` is the weight *to* unit $i$ *from* unit $j$. In the
worked example $W_{hh} h_{t-1} = (0.75, -0.2)$, while yours gives $(0.3, -0.65)$; the slopes are then taken at
the wrong points. In the formula the matrix stands as it is, left of the vector: `W @ v`.
"""

import numpy as np


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    z = h_prev @ W_hh + W_xh @ x + b
    slope = 1.0 - np.tanh(z) ** 2
    return slope[:, np.newaxis] * W_hh
