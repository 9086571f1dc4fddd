"""No eigenvalue solver at all: Gelfand's formula, rho = lim ||W^k||^(1/k), by repeated squaring."""

import math

import numpy as np


def spectral_radius(W):
    power, logarithm, share = np.array(W), 0.0, 1.0
    for _ in range(60):
        size = math.sqrt((power * power).sum())
        if size == 0.0:
            return 0.0
        logarithm += share * math.log(size)
        power = (power / size) @ (power / size)
        share /= 2
    return math.exp(logarithm)


def regime(W, tol=1e-6):
    rho = spectral_radius(W)
    words = {-1: "vanishing", 0: "marginal", 1: "exploding"}
    return words[int(rho > 1 + tol) - int(rho < 1 - tol)]


def largest_singular_value(P):
    # The radius of the symmetric P^T P is the square of the largest singular value.
    return math.sqrt(spectral_radius(P.T @ P))


def power_norms(W, steps):
    product, norms = np.identity(len(W)), []
    for _ in range(steps):
        norms.append(largest_singular_value(product))
        product = product @ W
    norms.append(largest_singular_value(product))
    return np.asarray(norms)
