r"""Each of your powers has one factor too many or too few. A list of running products that begins with $\rho$ has
$\rho^1$ at its index 0, so its entry number $T$ is not $\rho^T$.

The smallest case shows it: $T = 0$ and $\rho = 0.5$. No step was taken, so nothing is lost, and the entry must be
$1$. With one factor too many it is $0.5$, with one too few it is $0.5^{-1} = 2$.

Say in words what the first element of such a list stands for. There is a value before the first multiplication, too.
"""

import numpy as np


def decay_table(rhos, horizons):
    factors = np.repeat(rhos[:, None], int(horizons.max()) + 1, axis=1)
    return np.cumprod(factors, axis=1)[:, horizons.astype(int)]


def horizon(rho, eps=1e-3):
    if not 0 < rho < 1:
        raise ValueError(f"rho must lie strictly between 0 and 1, it is {rho}")
    if not eps > 0:
        raise ValueError(f"eps must be positive, it is {eps}")
    crossing = np.log(eps) / np.log(rho)
    return max(0, int(np.floor(crossing)) + 1)
