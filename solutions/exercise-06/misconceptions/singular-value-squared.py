r"""Your norms are the *squares* of those that are asked for. Perhaps they are eigenvalues of $P^\top P$, where $P$ is the power.

Take `P = [[3, 0], [0, 1]]`. It makes no vector more than $3$ times as long, but the largest eigenvalue of $P^\top P$ is $9$. The squares agree with
the truth only where the norm is 0 or 1, so your entry for $k = 0$ looks right.

The reason: $\lVert P v \rVert^2 = v^\top P^\top P\, v$ measures a squared length. How does one come back to a length?
"""

import numpy as np


def spectral_radius(W):
    return float(np.max(np.abs(np.linalg.eigvals(W))))


def regime(W, tol=1e-6):
    rho = spectral_radius(W)
    if abs(rho - 1) <= tol:
        return "marginal"
    return "vanishing" if rho < 1 else "exploding"


def power_norms(W, steps):
    norms = []
    for k in range(steps + 1):
        P = np.linalg.matrix_power(W, k)
        norms.append(np.linalg.eigvalsh(P.T @ P)[-1])
    return np.array(norms)
