r"""A bad argument does stop your program, but not with a `ValueError`, which the contract promises. Perhaps an
`assert` guards it: that raises an `AssertionError`.

Ask for `horizon(1.0)`. A caller who wrote `except ValueError` to catch bad rates isn't helped: your error passes by.
Worse, `python -O` leaves out every `assert`, and then nothing is checked at all.

An `assert` states what *you* believe about your own code. Arguments come from others: test them with `if`, and raise
the error that was agreed.
"""

import numpy as np


def decay_table(rhos, horizons):
    return rhos[:, None] ** horizons


def horizon(rho, eps=1e-3):
    assert 0 < rho < 1
    assert eps > 0
    crossing = np.log(eps) / np.log(rho)
    return max(0, int(np.floor(crossing)) + 1)
