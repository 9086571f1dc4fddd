r"""A bad argument does stop your program, but not with a `ValueError`, which the contract promises. Perhaps it raises a
plain `Exception`, or another error that seemed to fit.

Ask for `horizon(1.0)`. A caller who wrote `except ValueError` to catch bad rates isn't helped: your error passes by. And
whoever catches every `Exception` to be safe also catches typos, and never hears of them.

How a function fails is part of what it promises. Which error was agreed?
"""

import numpy as np


def decay_table(rhos, horizons):
    return rhos[:, None] ** horizons


def horizon(rho, eps=1e-3):
    if not 0 < rho < 1 or not eps > 0:
        raise Exception("needs 0 < rho < 1 and eps > 0")
    crossing = np.log(eps) / np.log(rho)
    return max(0, int(np.floor(crossing)) + 1)
