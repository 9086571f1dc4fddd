r"""Here a rate of $0.9$ takes away a tenth of the *original* at each step, so that after ten steps nothing is left.
It should take a tenth of what is *still there*.

Take $\rho = 0.5$ and two steps. You get $1 - 2 \cdot 0.5 = 0$. But half of a half is $0.25$. In the same way
$0.9^{10} = 0.349$: after ten steps a third is left, and after a hundred still something.

The loss shrinks together with what there is to lose. Follow what is left from step to step, not what was there at the
start.
"""

import numpy as np


def decay_table(rhos, horizons):
    return np.maximum(0.0, 1.0 - horizons * (1.0 - rhos[:, None]))


def horizon(rho, eps=1e-3):
    if not 0 < rho < 1:
        raise ValueError(f"rho must lie strictly between 0 and 1, it is {rho}")
    if not eps > 0:
        raise ValueError(f"eps must be positive, it is {eps}")
    crossing = (1.0 - eps) / (1.0 - rho)
    return max(0, int(np.floor(crossing)) + 1)
