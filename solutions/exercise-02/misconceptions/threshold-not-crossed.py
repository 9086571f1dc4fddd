r"""Your answer is the last step that is still *above* the threshold, as if the crossing were rounded down. The horizon is the
first one *below*.

Take $\rho = 0.9$ and $\varepsilon = 0.5$. The curve crosses one half at $6.58$ steps. After 6 steps $0.531$ is left,
which isn't below one half; after 7 steps it is $0.478$.

Put your answer $T$ back into the question: is $\rho^T$ below $\varepsilon$, and is $\rho^{T-1}$, for $T$ of 1
or more, not yet? Only the horizon says yes to both.
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
    return max(0, int(np.floor(crossing)))
