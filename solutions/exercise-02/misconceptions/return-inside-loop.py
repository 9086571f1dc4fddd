r"""Only the first rate gets its row here. Perhaps your `return` stands inside the loop over the rates: a function ends at its
first `return`.

Take two rates and any horizons. The first row is right; the second is all zeros, as if it were never reached and still
held what the table was filled with at the start. With a single rate nothing shows.

Python goes by indentation alone: a line belongs to the loop if it stands as far in as the loop's body. How far out does
"when all rows are done" stand?
"""

import numpy as np


def decay_table(rhos, horizons):
    table = np.zeros((len(rhos), len(horizons)))
    for i in range(len(rhos)):
        for j in range(len(horizons)):
            table[i, j] = rhos[i] ** horizons[j]
        return table


def horizon(rho, eps=1e-3):
    if not 0 < rho < 1:
        raise ValueError(f"rho must lie strictly between 0 and 1, it is {rho}")
    if not eps > 0:
        raise ValueError(f"eps must be positive, it is {eps}")
    steps = 0
    while rho**steps >= eps:
        steps += 1
    return steps
