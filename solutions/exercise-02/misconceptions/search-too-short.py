r"""Your answer for a slow rate is 0. Perhaps a list of powers of a fixed length is searched with `argmax`, which
works as long as the answer is in the list. Where nothing is `True`, `argmax` says 0 without a complaint.

Take $\rho = 0.9999$ and the first 1000 powers. The last one is $0.9999^{999} = 0.905$, so none is below a thousandth,
and you say 0: gone at once. In truth it takes 69075 steps.

The slower the decay, the longer the search. Let the answer decide how far you look, or compute it without looking.
"""

import numpy as np


def decay_table(rhos, horizons):
    return rhos[:, None] ** horizons


def horizon(rho, eps=1e-3):
    if not 0 < rho < 1:
        raise ValueError(f"rho must lie strictly between 0 and 1, it is {rho}")
    if not eps > 0:
        raise ValueError(f"eps must be positive, it is {eps}")
    powers = rho ** np.arange(1000)
    return int(np.argmax(powers < eps))
