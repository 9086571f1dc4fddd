r"""Your radius is what a vector settles on if it is multiplied by $W$ again and again. From most starts it settles only if all eigenvalues of the largest
magnitude are one and the same real number. A complex pair, or a pair like $\pm 0.8$, has no such winner.

Take `W = [[0, -0.9], [0.9, 0]]`, a quarter turn that also shrinks. Every vector $v$ is turned by 90 degrees each time and never settles: $v^\top W v$ is $0$, though
$\rho(W) = 0.9$. Nor does one step's stretch tell: `[[0, 4], [0.16, 0]]` stretches and shrinks in turn. The length of $v = (1,\ 1) / \sqrt{2}$ is multiplied by $2.83$, and $v^\top W v$ is $2.08$, where $\rho(W) = 0.8$.

Recurrent matrices usually have complex pairs. Ask for all eigenvalues; or, if you follow a length, follow its average growth over very many steps.
"""

import numpy as np


def spectral_radius(W):
    v = np.ones(len(W))
    for _ in range(1000):
        v = W @ v
        v = v / np.linalg.norm(v)
    return float(abs(v @ W @ v))


def regime(W, tol=1e-6):
    rho = spectral_radius(W)
    if abs(rho - 1) <= tol:
        return "marginal"
    return "vanishing" if rho < 1 else "exploding"


def power_norms(W, steps):
    return np.array([np.linalg.norm(np.linalg.matrix_power(W, k), 2) for k in range(steps + 1)])
