r"""In $z_t$ the weights are used the wrong way round, as in `h_prev @ W_hh`, which is $W_{hh}^\top h_{t-1}$. Some
libraries store their weights so that this is right (rows for the inputs), but here `W_hh[i, j]` is the weight *to*
unit $i$ *from* unit $j$, so $z_t = W_{hh}\, h_{t-1}$. In the worked example $W_{hh} h_{t-1} = (0.75, -0.2)$, while
yours gives $(0.3, -0.65)$; the slopes are then taken at the wrong points. Where $d \neq n$, the same habit with
$W_{xh}$ fails with a shape error; a square matrix lets it through in silence.
"""

import numpy as np


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    z = h_prev @ W_hh + x @ W_xh + b
    slope = 1.0 - np.tanh(z) ** 2
    return slope[:, np.newaxis] * W_hh
