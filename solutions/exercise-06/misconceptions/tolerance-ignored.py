r"""Your regime depends on `1e-6`, whatever `tol` is. That is only the default: a caller who passes another `tol` gets an answer to a question that they didn't
ask.

Take $\rho(W) = 1.05$ and `regime(W, tol=0.1)`. The distance from 1 is $0.05$, well inside the $0.1$ that the caller allows, so the answer is
`"marginal"`; yours is `"exploding"`.

Compare with the argument, and its default takes care of itself.
"""

import numpy as np


def spectral_radius(W):
    return float(np.max(np.abs(np.linalg.eigvals(W))))


def regime(W, tol=1e-6):
    rho = spectral_radius(W)
    if abs(rho - 1) <= 1e-6:
        return "marginal"
    return "vanishing" if rho < 1 else "exploding"


def power_norms(W, steps):
    return np.array([np.linalg.norm(np.linalg.matrix_power(W, k), 2) for k in range(steps + 1)])
