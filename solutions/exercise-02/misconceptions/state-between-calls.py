r"""Your program gives an earlier answer again, perhaps because answers are kept for reuse, filed under the rate
alone. But the answer depends on the threshold, too.

Ask for $\rho = 0.9$ and $\varepsilon = 0.5$: 7. Then ask for $\rho = 0.9$ and $\varepsilon = 0.001$: the answer is
66, but yours is 7 again. Which answer one gets depends on who asked before.

Whatever outlives a call, a dictionary at the top of the file, a default argument that is changed, must know *all*
that the answer depends on. The safest memory is none.
"""

import numpy as np

remembered = {}


def decay_table(rhos, horizons):
    return rhos[:, None] ** horizons


def horizon(rho, eps=1e-3):
    if not 0 < rho < 1:
        raise ValueError(f"rho must lie strictly between 0 and 1, it is {rho}")
    if not eps > 0:
        raise ValueError(f"eps must be positive, it is {eps}")
    crossing = np.log(eps) / np.log(rho)
    if rho not in remembered:
        remembered[rho] = max(0, int(np.floor(crossing)) + 1)
    return remembered[rho]
