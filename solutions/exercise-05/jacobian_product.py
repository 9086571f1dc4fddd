"""The reference of exercise 05: each new Jacobian comes from the left."""

import numpy as np


def jacobian_product(jacobians: np.ndarray) -> np.ndarray:
    """Return jacobians[T-1] @ ... @ jacobians[0], the identity if there is none."""
    _, d, _ = jacobians.shape
    product = np.eye(d)  # dh_0 / dh_0
    for jacobian in jacobians:
        # dh_{t+1} / dh_0 = dh_{t+1} / dh_t  @  dh_t / dh_0
        product = jacobian @ product
    return product


def norm_bound(W_hh: np.ndarray, steps: int, slope: float = 1.0) -> float:
    """Return the slope times the largest singular value of W_hh, to the power steps."""
    return (slope * np.linalg.norm(W_hh, 2)) ** steps
