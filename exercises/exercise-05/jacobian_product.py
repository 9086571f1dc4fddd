"""Exercise 05: the product of the Jacobians of many steps, and a bound on its norm."""

import numpy as np


def jacobian_product(jacobians: np.ndarray) -> np.ndarray:
    """The Jacobian of the last state with respect to the first.

    Arguments:
        jacobians: a float64 array of shape (T, d, d), left unchanged; jacobians[t] = dh_{t+1} / dh_t

    Returns:
        dh_T / dh_0, a float64 array of shape (d, d); the identity if T is 0
    """
    raise NotImplementedError("Write jacobian_product: replace this line.")


def norm_bound(W_hh: np.ndarray, steps: int, slope: float = 1.0) -> float:
    """An upper bound on the spectral norm of the product of `steps` Jacobians.

    Arguments:
        W_hh: the recurrent weights, a float64 array of shape (d, d), left unchanged
        steps: the number of steps, an integer from 0 up
        slope: the largest slope of the activation, positive

    Returns:
        (slope * norm) ** steps, where norm is the spectral norm of W_hh
    """
    raise NotImplementedError("Write norm_bound: replace this line.")
