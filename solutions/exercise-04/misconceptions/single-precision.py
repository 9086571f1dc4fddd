r"""Your formula is right, but the result has single precision (`float32`), as is usual in deep learning. It keeps
about 7 digits: $0.1$ becomes $0.10000000149$. One step survives that; but a Jacobian is made to be multiplied with
hundreds of others and to be compared with finite differences. Next to $0.5$, a nudge of $10^{-6}$ is just $17$
steps of single precision wide, so its effect is rounded to a few percent. The contract says float64 in, float64
out: no conversion is needed.
"""

import numpy as np


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    z = W_hh @ h_prev + W_xh @ x + b
    slope = 1.0 - np.tanh(z) ** 2
    return (slope[:, np.newaxis] * W_hh).astype(np.float32)
