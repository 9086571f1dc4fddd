r"""A bad argument does stop your program, but with an `AssertionError`, as an `assert` raises it. The contract promises a
`ValueError`.

A caller who wrote `except ValueError` isn't helped. And if it is an `assert`, `python -O` leaves it out, and a rate of
$1.3$ gets through after all: an `assert` is a note to yourself that something *can't* happen, not a test of what others
hand in.

Test the condition, and raise the error that was agreed, with a sentence that says what was wrong.
"""

import numpy as np


def decay_table(rhos, horizons):
    return rhos[:, None] ** horizons


def horizon(rho, eps=1e-3):
    assert 0 < rho < 1, "rho must lie strictly between 0 and 1"
    assert eps > 0, "eps must be positive"
    return max(0, int(np.floor(np.log(eps) / np.log(rho))) + 1)
