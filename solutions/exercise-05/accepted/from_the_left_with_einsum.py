"""From the newest to the oldest, each multiplied from the right by einsum; the norm from the eigenvalues of W.T @ W."""

import math

import numpy as np


def jacobian_product(jacobians):
    product = np.identity(jacobians.shape[2])
    for t in range(len(jacobians) - 1, -1, -1):
        product = np.einsum("ij,jk->ik", product, jacobians[t])
    return product


def norm_bound(W_hh, steps, slope=1.0):
    largest = np.linalg.eigvalsh(W_hh.T @ W_hh)[-1]
    return math.exp(steps * (math.log(slope) + 0.5 * math.log(largest)))
