r"""Your result has the precision of `float32`, which networks often use. It keeps about seven digits, and the
contract asks for float64.

Take $\rho = 1.1$. Where single precision is used from the start, it is stored as $1.10000002$, an error of
$2.2 \cdot 10^{-8}$ of its size. A power multiplies that by its exponent: after 100 steps the entry is off by
$2.2 \cdot 10^{-6}$ of its size, more than the $10^{-6}$ that counts as right.

Rounding errors add up in a long product. Keep float64, which numpy takes by itself.
"""

import numpy as np


def decay_table(rhos, horizons):
    return rhos[:, None].astype(np.float32) ** horizons.astype(np.float32)


def horizon(rho, eps=1e-3):
    if not 0 < rho < 1:
        raise ValueError(f"rho must lie strictly between 0 and 1, it is {rho}")
    if not eps > 0:
        raise ValueError(f"eps must be positive, it is {eps}")
    crossing = np.log(eps) / np.log(rho)
    return max(0, int(np.floor(crossing)) + 1)
