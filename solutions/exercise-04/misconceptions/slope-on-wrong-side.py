r"""Here the slopes scale the *columns* of $W_{hh}$: that is $W_{hh}\operatorname{diag}(s)$, with the slopes on the
right. In numpy it happens by itself: an array of shape `(d,)` times one of shape `(d, d)` lines the vector up with
the columns. In the worked example the slopes are $s = (0.786, 0.420)$ and your top right entry is
$-0.5 \cdot 0.420 = -0.210$; but that entry is about how *unit 0* moves, so it needs unit 0's slope:
$-0.5 \cdot 0.786 = -0.393$. The $\tanh$ acts after $W_{hh}$, on each output, so its slope belongs to the row. Equal
slopes would hide the mistake, and so would a diagonal $W_{hh}$.
"""

import numpy as np


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    z = W_hh @ h_prev + W_xh @ x + b
    slope = 1.0 - np.tanh(z) ** 2
    return slope * W_hh
