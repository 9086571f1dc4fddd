"""Exercise 02: how fast a product of equal factors dies."""

import numpy as np


def decay_table(rhos: np.ndarray, horizons: np.ndarray) -> np.ndarray:
    """What is left of 1 after a number of steps, for several rates and several numbers of steps.

    Arguments (float64 arrays, left unchanged):
        rhos: the rates, positive, shape (m,)
        horizons: the numbers of steps, whole numbers from 0 up, shape (k,)

    Returns:
        a float64 array of shape (m, k): entry [i, j] is rhos[i] to the power horizons[j]
    """
    raise NotImplementedError("Write decay_table: replace this line.")


def horizon(rho: float, eps: float = 1e-3) -> int:
    """The first step after which less than the fraction eps is left.

    Arguments:
        rho: the rate, strictly between 0 and 1
        eps: the threshold, positive

    Returns:
        the smallest whole number T >= 0 with rho**T < eps

    Raises:
        ValueError: unless 0 < rho < 1 and eps > 0
    """
    raise NotImplementedError("Write horizon: replace this line.")
