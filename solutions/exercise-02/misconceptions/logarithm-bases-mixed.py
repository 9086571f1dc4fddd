r"""Your answer is what comes out if one logarithm has base ten and the other base $e$. Their quotient mixes two
units, like metres over feet.

Take $\rho = 0.5$ and $\varepsilon = 0.001$. There $-3 / -0.693 = 4.33$, so you say 5. But
$0.5^5 = 0.03125$ is 31 times too large; it takes 10 halvings to get below a thousandth.

Any base will do, natural, two or ten, as long as it is the same in both logarithms.
"""

import numpy as np


def decay_table(rhos, horizons):
    return rhos[:, None] ** horizons


def horizon(rho, eps=1e-3):
    if not 0 < rho < 1:
        raise ValueError(f"rho must lie strictly between 0 and 1, it is {rho}")
    if not eps > 0:
        raise ValueError(f"eps must be positive, it is {eps}")
    crossing = np.log10(eps) / np.log(rho)
    return max(0, int(np.floor(crossing)) + 1)
