r"""A radius near 1 isn't marginal here, though its distance from 1 is well within `tol`. Perhaps only a radius that equals 1 counts as marginal, exactly or to far more
digits than `tol` asks for, or none at all. A radius that was computed or trained is seldom exactly 1.

Take $\rho = 1.0000004$. Your program calls it exploding, but over $1000$ steps it multiplies a gradient by $1.0000004^{1000} = 1.0004$: nothing
anyone could see. A rotation, whose radius is 1 on paper, can come out of the computer a hair below or above it.

That is what `tol` is for: every radius whose distance from 1 is at most `tol` is marginal.
"""

import numpy as np


def spectral_radius(W):
    return float(np.max(np.abs(np.linalg.eigvals(W))))


def regime(W, tol=1e-6):
    rho = spectral_radius(W)
    if rho == 1:
        return "marginal"
    return "vanishing" if rho < 1 else "exploding"


def power_norms(W, steps):
    return np.array([np.linalg.norm(np.linalg.matrix_power(W, k), 2) for k in range(steps + 1)])
