r"""Your answer is the whole number nearest to the crossing. Sometimes that lands beyond the threshold, sometimes
before it.

Take $\rho = 0.9$. For $\varepsilon = 0.5$ the crossing is at $6.58$; you say 7, which is right by luck. For
$\varepsilon = 0.3$ it is at $11.43$; you say 11, but $0.9^{11} = 0.314$ isn't below $0.3$ yet.

The question isn't which step is nearest to the crossing, but which is the first beyond it. That one always lies on
the same side.
"""

import numpy as np


def decay_table(rhos, horizons):
    return rhos[:, None] ** horizons


def horizon(rho, eps=1e-3):
    if not 0 < rho < 1:
        raise ValueError(f"rho must lie strictly between 0 and 1, it is {rho}")
    if not eps > 0:
        raise ValueError(f"eps must be positive, it is {eps}")
    crossing = np.log(eps) / np.log(rho)
    return max(0, round(float(crossing)))
