r"""Your powers look as if they were computed through the eigenvectors, $W^k = V \Lambda^k V^{-1}$. That needs a basis of eigenvectors, and not every matrix has
one.

Take `W = [[0.9, 1], [0, 0.9]]`. Both eigenvalues are $0.9$, and every eigenvector is a multiple of $(1,\ 0)$. So both columns of $V$ point the same
way, and $V$ has no inverse: a computer stops with an error, or finds one that is made of rounding. The upper right corner of
$V \Lambda^k V^{-1}$ is then 0, or whatever rounding leaves there. Yet the powers are harmless:
`W @ W` is `[[0.81, 1.8], [0, 0.81]]`.

Near such a matrix $V^{-1}$ exists and is huge, and the digits are lost just the same. Which way to a power needs no eigenvector at all?
"""

import numpy as np


def spectral_radius(W):
    return float(np.sqrt((np.linalg.eigvals(W) * np.linalg.eigvals(W).conj()).real.max()))


def regime(W, tol=1e-6):
    rho = spectral_radius(W)
    return "marginal" if np.isclose(rho, 1.0, rtol=0.0, atol=tol) else ("vanishing", "exploding")[bool(rho > 1)]


def power_norms(W, steps):
    values, vectors = np.linalg.eig(W)
    inverse = np.linalg.inv(vectors)
    exponents = np.arange(steps + 1)[:, None]
    powers = np.einsum("ij,kj,jl->kil", vectors, values[None, :] ** exponents, inverse)
    return np.linalg.norm(powers, ord=2, axis=(1, 2))
