r"""Your entries are $e^{-(1 - \rho) T}$, the exponential of a process that decays all the time. A network decays in
steps, and one step multiplies by $\rho$ exactly.

Take $\rho = 0.5$. After one step $0.5$ is left; yours says $e^{-0.5} = 0.607$. After four steps it is $0.0625$, and
yours says $e^{-2} = 0.135$, more than twice as much. Near $\rho = 1$ the two nearly agree, and that hides the
difference.

An exponential can describe the steps, too, but only one that gives exactly $\rho$ at $T = 1$. Check yours there.
"""

import numpy as np


def decay_table(rhos, horizons):
    return np.exp(-(1.0 - rhos[:, None]) * horizons)


def horizon(rho, eps=1e-3):
    if not 0 < rho < 1:
        raise ValueError(f"rho must lie strictly between 0 and 1, it is {rho}")
    if not eps > 0:
        raise ValueError(f"eps must be positive, it is {eps}")
    crossing = -np.log(eps) / (1.0 - rho)
    return max(0, int(np.floor(crossing)) + 1)
