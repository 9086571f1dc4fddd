r"""For a bad argument your program returns `None`, perhaps with a printed line. The caller's program then goes on,
with a `None` where it expects a number.

Ask for `horizon(1.0)` and add 1 to it. The error comes then, far from its cause, and speaks of `NoneType` and not of
a rate. A printed line helps nobody: a program doesn't read the screen.

Where there is no answer, say so in a way that can't be overlooked. The contract names the error to raise.
"""

import numpy as np


def decay_table(rhos, horizons):
    return rhos[:, None] ** horizons


def horizon(rho, eps=1e-3):
    if not 0 < rho < 1:
        return None
    if not eps > 0:
        return None
    crossing = np.log(eps) / np.log(rho)
    return max(0, int(np.floor(crossing)) + 1)
