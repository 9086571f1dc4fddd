import numpy as np


def decay_table(rhos, horizons):
    return np.exp(-(1.0 - rhos[:, None]) * horizons)


def horizon(rho, eps=1e-3):
    if not 0 < rho < 1:
        raise ValueError(f"rho must lie strictly between 0 and 1, it is {rho}")
    if not eps > 0:
        raise ValueError(f"eps must be positive, it is {eps}")
    crossing = np.log(eps) / np.log(rho)
    return max(0, int(np.floor(crossing)) + 1)
