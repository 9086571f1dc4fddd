r"""$W_{xh} x_t$ is missing from $z_t$. The input doesn't depend on $h_{t-1}$ and adds no term of its own to the
derivative, but it moves the point at which the slope of $\tanh$ is taken. In the worked example the second unit has
$z_t[1] = -1$ and the slope $0.420$; without the input's $-0.9$ it would sit at $-0.1$ with the slope $0.990$. So a
strong input can shut the way back for the gradient, however good $W_{hh}$ is: the Jacobian is of *this* step, with
this input.
"""

import numpy as np


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    z = W_hh @ h_prev + b
    slope = 1.0 - np.tanh(z) ** 2
    return slope[:, np.newaxis] * W_hh
