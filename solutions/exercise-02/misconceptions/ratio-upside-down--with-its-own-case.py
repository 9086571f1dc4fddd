import numpy as np


def decay_table(rhos, horizons):
    return rhos[:, None] ** horizons


def horizon(rho, eps=1e-3):
    if not 0 < rho < 1:
        raise ValueError(f"rho must lie strictly between 0 and 1, it is {rho}")
    if not eps > 0:
        raise ValueError(f"eps must be positive, it is {eps}")
    if eps > 1:
        return 0
    return int(np.ceil(np.log(rho) / np.log(eps)))
