import numpy as np


def decay_table(rhos, horizons):
    return rhos[:, None] ** horizons


def horizon(rho, eps=1e-3):
    assert 0 < rho < 1
    assert eps > 0
    return max(0, int(np.floor(np.log(eps) / np.log(rho))) + 1)
