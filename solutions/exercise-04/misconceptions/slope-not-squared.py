r"""Here the slope of $\tanh$ is $1 - \tanh(z)$; the square is missing. At $z = 0$ the two agree, so a small test
may not notice. At $z = -1$ yours is $1 + 0.762 = 1.762$: the unit would pass on *more* than it gets, yet $\tanh$
is nowhere steeper than at the origin, where its slope is 1. And $\tanh$ is just as steep at $-1$ as at $1$, so the
slope must not depend on the sign of the $\tanh$. What makes a sign disappear?
"""

import numpy as np


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    z = W_hh @ h_prev + W_xh @ x + b
    slope = 1.0 - np.tanh(z)
    return slope[:, np.newaxis] * W_hh
