r"""Your result is what `*` makes of the diagonal matrix and $W_{hh}$, entry by entry. Off the diagonal that is
zero times something, so all that links one unit to another is gone. In the worked example it is $0.786$ and
$0.336$ on the diagonal and 0 elsewhere; but nudging $h_{t-1}[1]$ does move $h_t[0]$, at the rate $-0.393$. In
numpy, `*` multiplies entries and `@` multiplies matrices. The zeros belong to the diagonal matrix, not to
$J$: unit $i$'s $\tanh$ sees only $z[i]$, but each $z[i]$ mixes all the previous units.
"""

import numpy as np


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    z = W_hh @ h_prev + W_xh @ x + b
    slope = 1.0 - np.tanh(z) ** 2
    return np.diag(slope) * W_hh
