r"""The caller's `grad_h` changes here, as where `grad = grad_h[t]` is followed by `grad += ...`: `grad_h[t]` is a view of the caller's array, not a copy, and `+=` writes through it.

Take one unit and two steps in one window, `grad_h` $= (0,\ 1)$, where step 2 sends back $0.18$. After that `+=` the caller's `grad_h` reads $(0.18,\ 1)$. Whoever then tries another
window with it, to compare the two, asks about another loss.

`a = a + b` makes a new array; `a += b` changes the one that is there, for everyone who holds it.
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
        grad = grad_h[t]
        grad += carried
        delta = (1 - h[t + 1] ** 2) * grad
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
    return float(np.linalg.norm(shares[window:].sum(axis=0)) / np.linalg.norm(shares.sum(axis=0)))
