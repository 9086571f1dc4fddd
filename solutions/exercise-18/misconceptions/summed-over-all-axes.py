r"""Here all numbers are added up into one, where only the *shares* are to be added: `sum()` without an axis runs over the rows and columns of every share, too. What is left is a number,
in which entries of opposite sign have cancelled though they have nothing to do with each other.

Take one dropped share with the rows $(1, 0)$ and $(0, -1)$, and a kept one of zeros except for a 2 in the upper left corner. The dropped entries add up to 0, so you say that nothing is lost; yet a matrix of length $\sqrt 2$ is.

With one unit a share is a number, so the worked example can't tell. Along which axis do the shares lie?
"""

import numpy as np


def truncated_gradient(
    x: np.ndarray, h: np.ndarray, W_hh: np.ndarray, grad_h: np.ndarray, window: int
) -> dict[str, np.ndarray]:
    """Return the gradients of W_hh, W_xh and b, where no gradient crosses the edge of a window."""
    if window < 1:
        raise ValueError(f"a window has at least one step, not {window}")
    gradient = {"W_hh": np.zeros_like(W_hh), "W_xh": np.zeros((len(W_hh), x.shape[1])), "b": np.zeros(len(W_hh))}
    carried = np.zeros(len(W_hh))
    for t in reversed(range(len(x))):
        if (t + 1) % window == 0:  # the last step of its window: what later steps send back stops here
            carried = np.zeros(len(W_hh))
        delta = (1 - h[t + 1] ** 2) * (grad_h[t] + carried)
        gradient["W_hh"] += np.outer(delta, h[t])
        gradient["W_xh"] += np.outer(delta, x[t])
        gradient["b"] += delta
        carried = W_hh.T @ delta
    return gradient


def gradient_shares(h: np.ndarray, W_hh: np.ndarray, grad_last: np.ndarray) -> np.ndarray:
    """Return what each step gives to the gradient of W_hh, the nearest to the loss first: (T, d, d)."""
    shares, arriving = [], grad_last
    for t in reversed(range(len(h) - 1)):
        delta = (1 - h[t + 1] ** 2) * arriving
        shares.append(np.outer(delta, h[t]))
        arriving = W_hh.T @ delta
    return np.array(shares)


def truncation_error(shares: np.ndarray, window: int) -> float:
    """Return the length of what a window drops, compared with the whole gradient."""
    if window < 1:
        raise ValueError(f"a window has at least one step, not {window}")
    # One sum first, then its length: shares may cancel each other.
    return float(np.linalg.norm(shares[window:].sum()) / np.linalg.norm(shares.sum()))
