r"""Here the slope has the form $h(1 - h)$. That is the rule for the sigmoid, $\sigma' = \sigma(1 - \sigma)$, and it
doesn't carry over to $\tanh$. At $z = 0$, where $h = 0$, it gives 0: a unit at rest would pass nothing, though that
is where $\tanh$ is steepest, with slope 1. At $z = -1$ it gives $-0.762 \cdot 1.762 = -1.34$, and $\tanh$ never
falls. The sigmoid's rule vanishes at $h = 0$ and at $h = 1$, the two ends of its values; those of $\tanh$ end at $-1$
and at $1$, and that is where its slope must vanish.
"""

import numpy as np


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    h = np.tanh(W_hh @ h_prev + W_xh @ x + b)
    slope = h * (1.0 - h)
    return slope[:, np.newaxis] * W_hh
