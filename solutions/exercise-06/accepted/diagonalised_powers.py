"""Powers through the eigenbasis, W^k = V diag(lambda^k) V^-1, in complex arithmetic."""

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
