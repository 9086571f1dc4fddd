r"""The bias is missing from $z_t$. It is true that $b$ doesn't depend on $h_{t-1}$ and adds no term of its own to
the derivative. But it moves the point at which the slope of $\tanh$ is taken. Think of one unit with $z = 0.5 + b$:
without its bias the slope is $0.786$; with $b = 3$ the unit is saturated and the slope is
$1 - \tanh^2(3.5) = 0.0036$. A constant drops out of a derivative only when it is added *outside* the nonlinearity;
here it stands inside.
"""

import numpy as np


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    z = W_hh @ h_prev + W_xh @ x
    slope = 1.0 - np.tanh(z) ** 2
    return slope[:, np.newaxis] * W_hh
