r"""Your columns hold the powers 0, 1, 2 and so on, as if the *position* of a horizon in its list were the number of steps. What the
horizons are has no effect.

Take the horizons 0, 1 and 3. The third column should hold $\rho^3$; yours holds $\rho^2$, since it stands at position 2. For
the horizons 0, 1, 2 the two agree, which is why it may have looked right.

From one column to the next, the number of steps needn't grow by one. Where in your program does a horizon itself come in?
"""

import numpy as np


def decay_table(rhos, horizons):
    return rhos[:, None] ** np.arange(len(horizons), dtype=float)


def horizon(rho, eps=1e-3):
    if not 0 < rho < 1:
        raise ValueError(f"rho must lie strictly between 0 and 1, it is {rho}")
    if not eps > 0:
        raise ValueError(f"eps must be positive, it is {eps}")
    steps = 0
    while rho**steps >= eps:
        steps += 1
    return steps
