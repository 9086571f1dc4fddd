r"""Only the real part of the eigenvalues counts here, perhaps because $W$ is real and the imaginary part looked like noise.

Take `W = [[0, -0.9], [0.9, 0]]`, a quarter turn that also shrinks. Its eigenvalues are $\pm 0.9i$. Their real part is $0$, as if one step
erased everything; in truth each step keeps $0.9$ of a vector's length and only turns it.

The imaginary part is not noise: it is the turning. The size of $a + bi$ is $\sqrt{a^2 + b^2}$, and needs both parts.
"""

import numpy as np


def spectral_radius(W):
    return float(np.max(np.abs(np.linalg.eigvals(W).real)))


def regime(W, tol=1e-6):
    rho = spectral_radius(W)
    if abs(rho - 1) <= tol:
        return "marginal"
    return "vanishing" if rho < 1 else "exploding"


def power_norms(W, steps):
    return np.array([np.linalg.norm(np.linalg.matrix_power(W, k), 2) for k in range(steps + 1)])
