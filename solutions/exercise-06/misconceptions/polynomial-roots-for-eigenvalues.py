r"""Your eigenvalues look like roots of the characteristic polynomial, as one finds them on paper. On paper its coefficients are exact; a computer rounds them,
and a root that comes several times takes that badly.

Take an eigenvalue $0.9$ that comes four times. The polynomial is $(\lambda - 0.9)^4$, flat around its root: where it is only $10^{-16}$ off, which is
rounding, its roots are off by the fourth root of that, $0.0001$. The matrix itself hides nothing: if it is triangular, $0.9$ stands on its diagonal.

Libraries even find the roots of a polynomial as the eigenvalues of a matrix, and not the other way round. What works on the matrix directly?
"""

import numpy as np


def spectral_radius(W):
    size = W.shape[0]
    coefficients, M = [1.0], np.zeros_like(W)
    for k in range(1, size + 1):
        M = W @ M + coefficients[-1] * np.eye(size)
        coefficients.append(-np.trace(W @ M) / k)
    return float(max(abs(root) for root in np.roots(coefficients)))


def regime(W, tol=1e-6):
    rho = spectral_radius(W)
    if -tol <= rho - 1 <= tol:
        return "marginal"
    if rho > 1:
        return "exploding"
    return "vanishing"


def power_norms(W, steps):
    norms = np.ones(steps + 1)
    P = W.copy()
    for k in range(1, steps + 1):
        norms[k] = np.sqrt(np.linalg.eigvalsh(P.T @ P)[-1])
        P = P @ W
    return norms
