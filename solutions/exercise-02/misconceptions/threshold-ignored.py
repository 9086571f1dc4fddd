r"""Your answer doesn't depend on `eps`; it is always the one for $0.001$. That is only the default, for callers who
don't give a threshold.

Ask for $\rho = 0.9$ and $\varepsilon = 0.5$. The answer is 7, since $0.9^7 = 0.478$. You say 66, which is right for a
thousandth, and you say so for every other threshold, too.

Look through your function for the argument `eps`: it must take part in the result, not just in the signature.
"""

import numpy as np


def decay_table(rhos, horizons):
    return rhos[:, None] ** horizons


def horizon(rho, eps=1e-3):
    if not 0 < rho < 1:
        raise ValueError(f"rho must lie strictly between 0 and 1, it is {rho}")
    if not eps > 0:
        raise ValueError(f"eps must be positive, it is {eps}")
    crossing = np.log(1e-3) / np.log(rho)
    return max(0, int(np.floor(crossing)) + 1)
