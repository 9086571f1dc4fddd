r"""$\tanh$ is applied twice here: once to get the new state $h_t = \tanh(z_t)$, and once more inside the slope,
$1 - \tanh^2(h_t)$. The rule $1 - \tanh^2(\cdot)$ wants the *argument* of the $\tanh$; the state is already its
output, so there it is simply $1 - h_t^2$. In the worked example $z_t[1] = -1$ and $h_t[1] = -0.762$: the slope is
$1 - \tanh^2(-1) = 0.420$, but $\tanh(-0.762) = -0.642$ gives you $0.588$. Your slope never falls below
$1 - \tanh^2(1) = 0.42$, so it never shows that a unit is saturated.
"""

import numpy as np


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    h = np.tanh(W_hh @ h_prev + W_xh @ x + b)
    slope = 1.0 - np.tanh(h) ** 2
    return slope[:, np.newaxis] * W_hh
