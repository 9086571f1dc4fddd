r"""Your table loses an axis, perhaps because the result is squeezed. For most arguments that changes nothing. But
an axis of length one is an axis, too: with one rate, your table becomes a plain row of numbers.

Take one rate and three horizons. The contract says shape `(len(rhos), len(horizons))`, which is `(1, 3)`. Yours is
`(3,)`, and whoever asks for entry `[0, 2]` gets an `IndexError`.

The number of axes must not depend on how long the arguments happen to be.
"""

import numpy as np


def decay_table(rhos, horizons):
    return (rhos[:, None] ** horizons).squeeze()


def horizon(rho, eps=1e-3):
    if not 0 < rho < 1:
        raise ValueError(f"rho must lie strictly between 0 and 1, it is {rho}")
    if not eps > 0:
        raise ValueError(f"eps must be positive, it is {eps}")
    crossing = np.log(eps) / np.log(rho)
    return max(0, int(np.floor(crossing)) + 1)
