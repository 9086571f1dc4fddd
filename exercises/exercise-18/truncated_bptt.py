"""Exercise 18: backpropagation through time in windows, and what the windows drop."""

import numpy as np


def truncated_gradient(
    x: np.ndarray, h: np.ndarray, W_hh: np.ndarray, grad_h: np.ndarray, window: int
) -> dict[str, np.ndarray]:
    """Return the gradients "W_hh", "W_xh" and "b", where no gradient crosses the edge of a window.

    Arguments (left unchanged):
        x: inputs, shape (T, n)
        h: states, shape (T + 1, d); h[0] is the initial one
        W_hh: recurrent weights, shape (d, d)
        grad_h: direct gradients of h_1 ... h_T, shape (T, d)
        window: steps in a window; the first window begins at the first step. ValueError if below 1.
    """
    raise NotImplementedError("Write truncated_gradient: replace this line.")


def gradient_shares(h: np.ndarray, W_hh: np.ndarray, grad_last: np.ndarray) -> np.ndarray:
    """Return the share of each step in the gradient of W_hh, shape (T, d, d): entry k lies k steps before the end.

    Arguments (left unchanged):
        h: states, shape (T + 1, d)
        W_hh: recurrent weights, shape (d, d)
        grad_last: the direct gradient of h_T, shape (d,); no other state has one
    """
    raise NotImplementedError("Write gradient_shares: replace this line.")


def truncation_error(shares: np.ndarray, window: int) -> float:
    """Return the Frobenius norm of the sum of shares[window:] over that of the sum of all. ValueError if window < 1."""
    raise NotImplementedError("Write truncation_error: replace this line.")
